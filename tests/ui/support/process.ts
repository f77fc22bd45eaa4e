import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Device } from './device.ts';

/** Runs a command to its end; its JSON, or an error with what it said. */
export async function run<T>(device: Device, program: string, words: string[]): Promise<T> {
  const child = spawn(program, words, { env: device.env, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${program} ${words.join(' ')}: ${code}\n${out}${said}`);
  return JSON.parse(out) as T;
}

const running = new Set<ChildProcess>();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));

/** Something that listens: `{"listening": address}` on its first line. */
export class Listening {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  static async start(device: Device, program: string, words: string[]): Promise<Listening> {
    const child = spawn(program, words, { env: device.env, stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(child);
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    const lines = createInterface(child.stdout);
    const first = await Promise.race([once(lines, 'line'), once(child, 'close')]);
    if (typeof first[0] !== 'string') throw new Error(`${program} ${words.join(' ')} does not listen\n${said}`);
    return new Listening(child, (JSON.parse(first[0]) as { listening: string }).listening);
  }

  async stop(): Promise<void> {
    running.delete(this.child);
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const closed = once(this.child, 'close');
    this.child.kill('SIGKILL');
    await closed;
  }
}
