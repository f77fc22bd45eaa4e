/** Hands a picture to the share sheet; where there is none it is saved as a file. Throws where neither works. */
export async function sharePicture(picture: Blob, title: string): Promise<'shared' | 'saved'> {
  const file = new File([picture], `${title.replace(/[\\/:*?"<>|]/g, ' ')}.png`, { type: 'image/png' });
  if (typeof navigator.canShare === 'function' && navigator.canShare({ files: [file] })) {
    try {
      await navigator.share({ files: [file], title });
      return 'shared';
    } catch (error) {
      // Closing the share sheet is an answer, not a failure.
      if (error instanceof DOMException && error.name === 'AbortError') return 'shared';
    }
  }
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
  return 'saved';
}
