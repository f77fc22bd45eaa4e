import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Device } from './device.ts';
import { madoguchi, repository } from './paths.ts';
import { run } from './process.ts';
import { TownServer } from './server.ts';

interface Made {
  code?: string;
  name?: string;
  /** A folder to begin with. */
  from?: string;
  /** Files to write before the first publication. */
  files?: Record<string, string>;
}

export interface Report {
  files: { file: string; dataset: string | null; rows: number; kept: number; refused: unknown[] }[];
}

/** A town's office: its folder, its keys, its publications, on a machine of its own. */
export class Town {
  readonly device = new Device();
  #server: TownServer | undefined;
  report: Report = { files: [] };

  private constructor(
    readonly around: string,
    readonly code: string,
    readonly name: string,
  ) {}

  /** The sample town 見本市, with these files on top. */
  static mihon(files: Record<string, string> = {}): Promise<Town> {
    return Town.make({ code: '992011', name: '見本市', from: join(repository, 'towns/mihon'), files });
  }

  /** A town with keys, published. */
  static async make({ code = '992020', name = '小見市', from, files = {} }: Made = {}): Promise<Town> {
    const town = new Town(await mkdtemp(join(process.env.MADOGUCHI_TEST_WORK ?? '', 'town-')), code, name);
    if (from) await cp(from, town.dir, { recursive: true });
    await town.run(['init', town.dir, '--code', code, '--name', name]);
    for (const [file, text] of Object.entries(files)) await town.write(file, text);
    await town.publish();
    return town;
  }

  get dir(): string {
    return join(this.around, 'town');
  }
  get public(): string {
    return join(this.around, 'public');
  }
  get root(): string {
    return join(this.dir, 'root.json');
  }

  run<T>(words: string[]): Promise<T> {
    return run<T>(this.device, madoguchi(), ['--json', ...words]);
  }

  /** Writes a file of the folder. */
  async write(file: string, text: string): Promise<void> {
    await mkdir(dirname(join(this.dir, file)), { recursive: true });
    await writeFile(join(this.dir, file), text);
  }

  /** Changes a file of the folder; fails where there is nothing to change. */
  async change(file: string, from: string | RegExp, to: string): Promise<void> {
    const before = await readFile(join(this.dir, file), 'utf8');
    const after = before.replace(from, to);
    if (after === before) throw new Error(`${file}: nothing to change`);
    await this.write(file, after);
  }

  async publish(...words: string[]): Promise<void> {
    this.report = await this.run<Report>(['publish', this.dir, '--out', this.public, ...words]);
    await this.#seen();
  }

  /** Signs anew and releases what is due. */
  async refresh(): Promise<void> {
    await run(this.device, madoguchi(), ['--json', 'refresh', this.public]);
    await this.#seen();
  }

  // A server looks at a file again after a second.
  async #seen(): Promise<void> {
    if (this.#server) await new Promise((done) => setTimeout(done, 1100));
  }

  /** Its server; started when first asked for. */
  async server(): Promise<TownServer> {
    this.#server ??= await TownServer.start(this);
    return this.#server;
  }

  async close(): Promise<void> {
    await this.#server?.stop();
    await rm(this.around, { recursive: true, force: true });
  }
}
