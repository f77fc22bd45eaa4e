import { cp, mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { join } from 'node:path';
import type { Commands } from '../../../ui/src/ipc/bindings.ts';
import { Device } from './device.ts';
import { dist, resident } from './paths.ts';
import { Listening, run } from './process.ts';
import type { Town } from './town.ts';

/** A resident's phone: its own folder, the core, and the UI that the core serves. */
export class Phone {
  readonly device = new Device();
  /** Where it asks for the country's map: nobody is there unless a test says so. */
  gsi = 'http://127.0.0.1:9/';
  #ui: Listening | undefined;

  private constructor(readonly home: string) {}

  /** One that knows no town. */
  static async fresh(): Promise<Phone> {
    return new Phone(await mkdtemp(join(process.env.MADOGUCHI_TEST_WORK ?? '', 'phone-')));
  }

  /** One that joined a town. */
  static async joined(town: Town, url?: string): Promise<Phone> {
    const phone = await Phone.fresh();
    await phone.run(['join', url ?? (await town.server()).url, '--root', town.root]);
    return phone;
  }

  /** Another one with the same content. The copied one must not be serving. */
  async copy(): Promise<Phone> {
    const phone = await Phone.fresh();
    await cp(this.home, phone.home, { recursive: true });
    return phone;
  }

  /** `resident …` */
  run<T>(words: string[]): Promise<T> {
    return run<T>(this.device, resident(), ['--home', this.home, '--json', ...words]);
  }

  /** Begins to serve the UI; the address with the token of this run. */
  async serve(): Promise<string> {
    this.#ui ??= await Listening.start(this.device, resident(), ['--home', this.home, '--json', 'serve-ui', '--dist', dist, '--listen', '127.0.0.1:0', '--gsi', this.gsi]);
    return this.#ui.url;
  }

  /** A command of the core that is serving. */
  async call<C extends keyof Commands>(command: C, args: Commands[C]['args']): Promise<Commands[C]['result']> {
    const url = new URL(await this.serve());
    const { status, body } = await post(new URL(`/ipc/${command}`, url), url.searchParams.get('token') ?? '', JSON.stringify(args));
    if (status !== 200) throw new Error(`${command}: ${status} ${body}`);
    const last = body.trimEnd().split('\n').at(-1) ?? '';
    return command === 'sync' ? JSON.parse(last).result : JSON.parse(last);
  }

  /** The app is closed. Its content stays. */
  async stop(): Promise<void> {
    await this.#ui?.stop();
    this.#ui = undefined;
  }

  async close(): Promise<void> {
    await this.stop();
    await rm(this.home, { recursive: true, force: true });
  }
}

/** One request on a connection of its own. */
function post(url: URL, token: string, body: string): Promise<{ status: number | undefined; body: string }> {
  return new Promise((done, failed) => {
    const asking = request(url, { method: 'POST', agent: false, headers: { 'content-type': 'application/json', 'x-madoguchi-token': token } }, (answer) => {
      text(answer).then((body) => done({ status: answer.statusCode, body }), failed);
    });
    asking.on('error', failed).end(body);
  });
}
