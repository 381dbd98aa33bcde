/** Hands a file to the person: to another app where the phone can, else as a download. */

/** Raises nothing of the person's own choice not to; gives what became of it. */
export async function handOver(file: File): Promise<"shared" | "saved" | "left"> {
  if (navigator.canShare?.({ files: [file] })) {
    try {
      await navigator.share({ files: [file] });
      return "shared";
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") return "left";
      // Some phones say that they can, and then refuse this kind of file.
    }
  }
  download(file);
  return "saved";
}

export function download(file: File): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = url;
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
