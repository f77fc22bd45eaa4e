import { connect, createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';

/** The network between a phone and a town: it can be held up, let through, or cut in the middle of a file. */
export class Wire {
  /** Bytes that came from the town. */
  bytes = 0;
  /** Bytes that may still pass; then what comes waits. */
  #room = Infinity;
  #cut = false;
  readonly #sockets = new Set<Socket>();
  #waiting: (() => void)[] = [];

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async to(address: string): Promise<Wire> {
    const { hostname, port } = new URL(address);
    const server = createServer({ pauseOnConnect: true });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const at = server.address();
    if (!at || typeof at === 'string') throw new Error('no port');
    const wire = new Wire(server, `http://127.0.0.1:${at.port}`);
    server.on('connection', (phone) => wire.#join(phone, connect(Number(port), hostname)));
    return wire;
  }

  #join(phone: Socket, town: Socket): void {
    if (this.#cut) {
      phone.destroy();
      town.destroy();
      return;
    }
    for (const [socket, other] of [[phone, town], [town, phone]] as const) {
      this.#sockets.add(socket);
      socket.on('error', () => other.destroy()).on('close', () => (this.#sockets.delete(socket), other.destroy()));
    }
    phone.pipe(town);
    town.on('data', (bytes: Buffer) => this.#pass(town, phone, bytes));
  }

  #pass(town: Socket, phone: Socket, bytes: Buffer): void {
    const now = bytes.subarray(0, this.#room);
    this.bytes += now.length;
    this.#room -= now.length;
    if (now.length > 0) phone.write(now);
    if (now.length === bytes.length) return;
    town.pause();
    this.#waiting.push(() => {
      town.resume();
      this.#pass(town, phone, bytes.subarray(now.length));
    });
  }

  /** Lets so many bytes more pass. */
  allow(bytes: number): void {
    this.#room = bytes;
    for (const go of this.#waiting.splice(0)) go();
  }

  /** Ends what is under way and lets nothing in. */
  cut(): void {
    this.#cut = true;
    this.#waiting = [];
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Everything passes again. */
  mend(): void {
    this.#cut = false;
    this.allow(Infinity);
  }

  async close(): Promise<void> {
    this.cut();
    this.server.close();
    await once(this.server, 'close');
  }
}
