/** Pictures that a web view can show, made of bytes. */
const PICTURES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];

/** Addresses of pictures that came as bytes. The newest are kept; the oldest are given back to the web view. */
export class Blobs {
  #urls = new Map<string, string>();

  constructor(readonly most = 40) {}

  static shows(mediaType: string): boolean {
    return PICTURES.includes(mediaType);
  }

  /** The address of a picture; its bytes are asked for when it is not kept. */
  async url(name: string, mediaType: string, bytes: () => Promise<ArrayBuffer>): Promise<string> {
    const kept = this.#urls.get(name);
    const url = kept ?? URL.createObjectURL(new Blob([await bytes()], { type: mediaType }));
    // Two that asked at once have made two: the later one stays.
    const other = this.#urls.get(name);
    if (other !== undefined && other !== url) URL.revokeObjectURL(other);
    this.#urls.delete(name);
    this.#urls.set(name, url);
    for (const [oldest, old] of this.#urls) {
      if (this.#urls.size <= this.most) break;
      this.#urls.delete(oldest);
      URL.revokeObjectURL(old);
    }
    return url;
  }

  /** Gives all back: they were another town's. */
  clear(): void {
    for (const url of this.#urls.values()) URL.revokeObjectURL(url);
    this.#urls.clear();
  }
}
