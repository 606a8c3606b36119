/**
 * A file of the site, fetched so that it arrives, and as it was built.
 *
 * What the build knows of it is its hash. A file that stops arriving, breaks off or is another one
 * is fetched once more, past whatever the browser or the service worker has kept; after that, the
 * error says in a sentence what was wrong. Page and worker use this, the worker also when most of
 * its global object has gone: so these are copies.
 */
const { fetch, setTimeout, clearTimeout, btoa, AbortController } = self;
/** Only where the page came by HTTPS. */
const subtle = self.crypto?.subtle;

/** A download of which nothing has come for so long, in milliseconds, has stopped. */
export const SILENCE_MS = 15_000;

export interface Arriving {
  /** All of it, checked. */
  content: Promise<ArrayBuffer>;
  /** The very response that `fetch` has given: who asks at once leaves a copy of it to be read. */
  untouched(): Promise<Response>;
}

export interface Following {
  /** Hears of the bytes that arrive; of less than none when a download is begun again. */
  onBytes?(count: number): void;
  /** Hears that a download is begun again. */
  onAgain?(): void;
}

/**
 * Fetches one file.
 *
 * @param hash As `integrity` has it: "sha256-…"; empty if nothing is known.
 * @param make Makes of it what is wanted; what it throws counts as a failure of the download.
 */
export async function fetchWhole<T>(
  url: string,
  hash: string,
  make: (arriving: Arriving) => Promise<T>,
  following: Following = {},
): Promise<T> {
  try {
    return await attempt(url, hash, "default", make, following);
  } catch {
    following.onAgain?.();
    return attempt(url, hash, "reload", make, following);
  }
}

/** Checks a file that has been loaded by other means, as the browser has it now. */
export function check(url: string, hash: string): Promise<unknown> {
  return attempt(url, hash, "default", ({ content }) => content, {});
}

/** The content of one file. */
export function fetchBytes(
  url: string,
  hash: string,
  following?: Following,
): Promise<ArrayBuffer> {
  return fetchWhole(url, hash, ({ content }) => content, following);
}

async function attempt<T>(
  url: string,
  hash: string,
  cache: RequestCache,
  make: (arriving: Arriving) => Promise<T>,
  { onBytes }: Following,
): Promise<T> {
  const download = new Download(url, cache, onBytes);
  try {
    const response = download.ask(hash);
    let isCopied = false;
    const content = response.then((it) => download.receive(isCopied ? it.clone() : it, hash));
    const untouched = () => {
      isCopied = true;
      return response;
    };
    return await make({ content, untouched });
  } catch (error) {
    onBytes?.(-download.count);
    throw sentenceOf(url, download.hasStopped ? new Silent(url) : error);
  } finally {
    download.end();
  }
}

/** One file on its way: how much has come, and for how long nothing has. */
class Download {
  count = 0;
  hasStopped = false;
  private readonly controller = new AbortController();
  private timer = 0;

  constructor(
    private readonly url: string,
    private readonly cache: RequestCache,
    private readonly onBytes?: (count: number) => void,
  ) {}

  async ask(hash: string): Promise<Response> {
    const { cache, controller } = this;
    // Where only the browser can check it, nothing is heard of it until all has come.
    if (subtle) this.wait();
    const integrity = subtle ? "" : hash;
    const response = await fetch(this.url, { cache, integrity, signal: controller.signal });
    if (!response.ok) throw new Error(`The host answers ${response.status}.`);
    return response;
  }

  async receive(response: Response, hash: string): Promise<ArrayBuffer> {
    const content = await this.read(response);
    if (!subtle || !hash) return content;
    const found = await hashOf(content).catch(() => hash);
    if (found !== hash) throw new Damaged(this.url);
    return content;
  }

  /** Whoever else reads it is called off, too. */
  end(): void {
    clearTimeout(this.timer);
    this.controller.abort();
  }

  private async read(response: Response): Promise<ArrayBuffer> {
    if (!response.body) throw new Error("It is empty.");
    const reader = response.body.getReader();
    const chunks: Uint8Array[] = [];
    for (let next = await reader.read(); next.value; next = await reader.read()) {
      if (subtle) this.wait();
      chunks.push(next.value);
      this.count += next.value.byteLength;
      this.onBytes?.(next.value.byteLength);
    }
    clearTimeout(this.timer);
    return joined(chunks, this.count);
  }

  private wait(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.hasStopped = true;
      this.controller.abort();
    }, SILENCE_MS) as unknown as number;
  }
}

function joined(chunks: readonly Uint8Array[], size: number): ArrayBuffer {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole.buffer;
}

async function hashOf(content: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await subtle.digest("SHA-256", content));
  return `sha256-${btoa(String.fromCharCode(...digest))}`;
}

// ------------------------------------------------------------------------------- what went wrong

/** What can be said of a download that failed. */
export class DownloadError extends Error {
  override name = "DownloadError";
}

class Damaged extends DownloadError {
  constructor(url: string) {
    super(`${nameOf(url)} arrived damaged.`);
  }
}

class Silent extends DownloadError {
  constructor(url: string) {
    super(`${nameOf(url)} has stopped arriving: not a byte for ${SILENCE_MS / 1000} seconds.`);
  }
}

function sentenceOf(url: string, cause: unknown): DownloadError {
  if (cause instanceof DownloadError) return cause;
  return new DownloadError(`${nameOf(url)} could not be fetched.`, { cause });
}

function nameOf(url: string): string {
  return url.split("/").at(-1) ?? url;
}
