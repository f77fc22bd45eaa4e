import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { crc32, deflateSync } from 'node:zlib';

/** White paper with stripes of this green: eight dots of each, so that every part of a map has both. */
export const STRIPE = [150, 255, 150] as const;

/** Stands for the survey's server of tiles: every tile is alike, and each request is counted. */
export class Country {
  requests: string[] = [];
  /** Takes each request and says nothing. */
  silent = false;
  #server: Server | undefined;
  #port = 0;
  readonly #tile = striped();

  static async open(): Promise<Country> {
    const country = new Country();
    await country.again();
    return country;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/xyz/pale/`;
  }

  /** Answers, at the same address as before. */
  async again(): Promise<void> {
    this.#server = createServer((request, answer) => {
      this.requests.push(request.url ?? '');
      if (!this.silent) answer.writeHead(200, { 'content-type': 'image/png', connection: 'close' }).end(this.#tile);
    }).listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** Nobody answers there any more. */
  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((done) => this.#server?.close(done) ?? done(undefined));
    this.#server = undefined;
  }
}

function striped(): Buffer {
  const line = Buffer.from([0, ...Array.from({ length: 256 }, (_, x) => (x % 16 < 8 ? [255, 255, 255] : STRIPE)).flat()]);
  const part = (kind: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    check.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, check]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(256, 0);
  head.writeUInt32BE(256, 4);
  head.set([8, 2], 8);
  const lines = Buffer.concat(Array.from({ length: 256 }, () => line));
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), part('IHDR', head), part('IDAT', deflateSync(lines)), part('IEND', Buffer.alloc(0))]);
}
