import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';

/** The morning on which the tests play: Friday 2026-11-20, 7:10 in Japan. The sample town's content is written around it. */
export const MORNING = Date.parse('2026-11-20T07:10:00+09:00');

let count = 0;

/** A machine of the town or a phone, with a clock and a network of its own (see device.c). */
export class Device {
  readonly #file: string;
  #ahead = Number(process.env.MADOGUCHI_TEST_AHEAD);
  #offline = false;
  /** Opens what is kept sealed here, in place of a phone's key store; none: there is no such store. */
  passphrase: string | undefined = 'the tests may know it';

  constructor(file = `${process.env.MADOGUCHI_TEST_WORK}/device-${process.pid}-${(count += 1)}`) {
    this.#file = file;
    writeFileSync(file, this.#state());
  }

  #state(): Buffer {
    const state = Buffer.alloc(16);
    state.writeBigInt64LE(BigInt(this.#ahead), 0);
    state.writeBigInt64LE(this.#offline ? 1n : 0n, 8);
    return state;
  }

  // Written into the same file: processes look at it through shared memory.
  #write(): void {
    const file = openSync(this.#file, 'r+');
    writeSync(file, this.#state());
    closeSync(file);
  }

  /** What a process that runs on it is started with. */
  get env(): NodeJS.ProcessEnv {
    const { MADOGUCHI_PASSPHRASE: _, ...others } = process.env;
    return { ...others, LD_PRELOAD: process.env.MADOGUCHI_TEST_DEVICE, MADOGUCHI_DEVICE: this.#file, ...(this.passphrase ? { MADOGUCHI_PASSPHRASE: this.passphrase } : {}) };
  }

  /** The present moment here, in milliseconds. */
  get now(): number {
    return Date.now() + this.#ahead * 1000;
  }

  /** Lets so many hours pass, back too. */
  pass(hours: number): void {
    this.#ahead += Math.round(hours * 3600);
    this.#write();
  }

  /** Takes the network away or gives it back. */
  set offline(offline: boolean) {
    this.#offline = offline;
    this.#write();
  }
}

/** A moment as a town's file writes it: Japan's time. */
export function written(at: number): string {
  return new Date(at + 9 * 3600_000).toISOString().slice(0, 16).replace('T', ' ');
}
