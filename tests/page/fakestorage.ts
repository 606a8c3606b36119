/** A storage that can be full, or forbidden. */
export class FakeStorage implements Storage {
  readonly items = new Map<string, string>();
  /** In characters, keys included. */
  room = Infinity;
  /** Some browsers throw at the mere look at a storage. */
  isForbidden = false;

  get length(): number {
    return this.items.size;
  }
  key(index: number): string | null {
    return [...this.items.keys()][index] ?? null;
  }
  getItem(key: string): string | null {
    return this.items.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    const others = [...this.items].filter(([other]) => other !== key);
    const size = others.reduce((sum, [other, text]) => sum + other.length + text.length, 0);
    if (size + key.length + value.length > this.room) {
      throw new DOMException("There is no room left.", "QuotaExceededError");
    }
    this.items.set(key, value);
  }
  removeItem(key: string): void {
    this.items.delete(key);
  }
  clear(): void {
    this.items.clear();
  }
  /** As it is after a visit to other pages: empty, with room, and allowed. */
  reset(): void {
    this.clear();
    this.room = Infinity;
    this.isForbidden = false;
  }
  /** What the page gets to see: its own properties are what is stored. */
  look(): Storage {
    if (this.isForbidden) throw new DOMException("Not here.", "SecurityError");
    return Object.assign(Object.create(this) as Storage, Object.fromEntries(this.items));
  }
}
