import { join } from 'node:path';
import { madoguchi } from './paths.ts';
import { Listening } from './process.ts';
import type { Town } from './town.ts';

/** `madoguchi serve`, which can be stopped and started again at the same address. */
export class TownServer {
  #listening: Listening | undefined;

  private constructor(
    private readonly town: Town,
    readonly url: string,
    listening: Listening,
  ) {
    this.#listening = listening;
  }

  static async start(town: Town): Promise<TownServer> {
    const listening = await TownServer.#listen(town, '127.0.0.1:0');
    return new TownServer(town, listening.url, listening);
  }

  static #listen(town: Town, listen: string): Promise<Listening> {
    const words = ['--json', 'serve', '--public', town.public, '--data', join(town.around, 'data'), '--listen', listen];
    return Listening.start(town.device, madoguchi(), words);
  }

  async again(): Promise<void> {
    this.#listening ??= await TownServer.#listen(this.town, new URL(this.url).host);
  }

  async stop(): Promise<void> {
    await this.#listening?.stop();
    this.#listening = undefined;
  }
}
