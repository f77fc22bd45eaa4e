import { test as base, expect, type Page } from '@playwright/test';
import { Phone } from './phone.ts';
import { Town } from './town.ts';

export { expect };

/** The page's troubles: every error on its console, every exception, everything that it wanted from elsewhere. */
export class Watch {
  readonly troubles: string[] = [];
  #expected: RegExp[] = [];

  constructor(page: Page) {
    page.on('pageerror', (error) => this.#add(`exception: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error') this.#add(`console: ${message.text()} ${message.location().url}`);
    });
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (!['http:', 'https:', 'ws:', 'wss:'].includes(url.protocol)) return;
      if (url.hostname !== '127.0.0.1' || url.port !== new URL(page.url() === 'about:blank' ? request.url() : page.url()).port) this.#add(`request to elsewhere: ${url}`);
    });
  }

  #add(trouble: string): void {
    if (!this.#expected.some((pattern) => pattern.test(trouble))) this.troubles.push(trouble);
  }

  /** An answer that this test means to get: the browser writes each refused request on its console. */
  expectStatus(status: number, command: string): void {
    this.#expected.push(new RegExp(`^console: Failed to load resource: .* status of ${status} .*/ipc/${command}$`));
  }

  /** The same for tiles of the country's map, of which a test takes the server away. */
  expectNoCountry(): void {
    this.#expected.push(/^console: Failed to load resource: .* status of 503 .*\/gsi-tile\?/);
  }
}

/** The page on a phone. */
export class App {
  constructor(
    readonly page: Page,
    readonly phone: Phone,
  ) {}

  /** Opens the app at a screen, as from a link. */
  async open(path = '/'): Promise<void> {
    await this.page.goto(`${await this.phone.serve()}#${path}`);
    await expect(this.page.locator('main')).toBeVisible();
  }

  /** Goes to another screen of the app that is open. */
  async go(path: string): Promise<void> {
    await this.page.evaluate((hash) => (location.hash = hash), `#${path}`);
  }

  /** Closes the app and opens it at a screen: nothing but what was stored is left. */
  async again(path = '/'): Promise<void> {
    await this.page.goto('about:blank');
    await this.phone.stop();
    await this.open(path);
  }
}

interface OfTest {
  watch: Watch;
  /** A phone that joined 見本市. */
  phone: Phone;
  /** The page on that phone; not yet open. */
  app: App;
}
interface OfWorker {
  /** 見本市 on that morning, with its server. Not to be changed by a test. */
  mihon: Town;
  /** A phone that joined it; to be copied. */
  joined: Phone;
}

export const test = base.extend<OfTest, OfWorker>({
  mihon: [
    async ({}, use) => {
      const town = await Town.mihon();
      await use(town);
      await town.close();
    },
    { scope: 'worker' },
  ],
  joined: [
    async ({ mihon }, use) => {
      const phone = await Phone.joined(mihon);
      await use(phone);
      await phone.close();
    },
    { scope: 'worker' },
  ],
  phone: async ({ joined }, use) => {
    const phone = await joined.copy();
    await use(phone);
    await phone.close();
  },
  app: async ({ page, phone }, use) => {
    await use(new App(page, phone));
    // The page goes before the phone does.
    await page.goto('about:blank');
  },
  watch: [
    async ({ page }, use) => {
      const watch = new Watch(page);
      await use(watch);
      expect(watch.troubles, 'troubles of the page').toEqual([]);
    },
    { auto: true },
  ],
});
