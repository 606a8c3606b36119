/** Gives a zip to the learner, as a file that the browser saves. */
export function download(name: string, zip: Uint8Array<ArrayBuffer>): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([zip], { type: "application/zip" }));
  link.download = name;
  link.click();
  // The browser has begun to read it by the next turn; only then may it be let go.
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
