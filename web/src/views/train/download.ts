/** Gives something to the learner, as a file that the browser saves. */
export function download(name: string, content: BlobPart, type: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  // The browser has begun to read it by the next turn; only then may it be let go.
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
