import { invoke } from '@tauri-apps/api/core';
import { device } from './device';

/** Hands a picture on: by the app's shell where it can, by the web view's share sheet, else it is saved as a file. What became of
 * it is for the screen to say: nothing after a share sheet or another app, which speak for themselves. Throws where nothing works. */
export async function sharePicture(picture: Blob, title: string): Promise<'shared' | 'saved'> {
  if ((await device()).open) {
    await invoke('share_picture', { picture: { title, png: await base64(picture) } });
    return 'shared';
  }
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

/** Not every phone's web view hands over bytes; each hands over a text. */
function base64(picture: Blob): Promise<string> {
  return new Promise((done, refuse) => {
    const reader = new FileReader();
    reader.onload = () => done(String(reader.result).replace(/^[^,]*,/, ''));
    reader.onerror = () => refuse(reader.error ?? new Error('the picture cannot be read'));
    reader.readAsDataURL(picture);
  });
}
