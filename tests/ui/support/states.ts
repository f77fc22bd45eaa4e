import { expect, type Page, type Route } from '@playwright/test';
import { at, spots } from './map.ts';
import { saying, say, type Key } from './words.ts';
import type { World, WorldName } from './worlds.ts';

/** A screen in a state. */
export interface State {
  /** `<screen>-<state>` */
  name: string;
  world: WorldName;
  /** Where it is opened. */
  path: string;
  /** What must be on the screen, so that it is this state and no other: a message or the town's own words. */
  shows: Key | RegExp;
  /** What brings it about once the screen is open. */
  act?: (page: Page, world: World) => Promise<void>;
  /** Takes back what `act` did to the world. */
  undo?: (world: World) => Promise<void>;
  /** Refusals of the core that belong to it. */
  refused?: [status: number, command: string];
  /** The list has no end: its height is that of the phone. */
  endless?: true;
  /** It is also looked at in the other languages; what brings it about is done there too where it needs no words. */
  spoken?: true | 'acting';
}

const press = (key: Key) => async (page: Page) => page.getByRole('button', { name: say(key), exact: true }).or(page.getByRole('link', { name: say(key), exact: true })).first().click();
const join = async (page: Page, address: string) => {
  await page.getByLabel(say('welcome.address')).fill(address);
  await press('welcome.join')(page);
};
const id = encodeURIComponent;
/** No publisher writes what is yet to come: the core's answer is changed to what it is for such a town. */
const ofANewerFormat = async (page: Page) => {
  const answer = async (route: Route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...(await response.json()), newer: true } });
  };
  await page.route('**/ipc/map', answer);
  await page.reload();
  // The next screen hears the core itself.
  page.once('framenavigated', () => void page.unroute('**/ipc/map', answer));
};

/** Every screen in every state that it has. */
/** Compares the household's town with a joined neighbour and with one that was never joined. */
export async function three(page: Page): Promise<void> {
  await page.getByLabel('藤枝市', { exact: true }).check({ force: true });
  await page.getByLabel(say('benefits.text.type')).fill('静岡市');
  await page.getByLabel('静岡市', { exact: true }).check({ force: true });
  await press('benefits.what-if.move.show')(page);
}

export const states: State[] = [
  // きょう
  { name: 'today-day', world: 'day', path: '/', shows: 'garbage.today', spoken: true },
  { name: 'today-first', world: 'first', path: '/', shows: 'garbage.choose.title' },
  { name: 'today-nothing-new', world: 'one', path: '/', shows: 'today.nothing-new.title' },
  { name: 'today-empty', world: 'empty', path: '/', shows: 'today.nothing-new.title' },
  { name: 'today-offline', world: 'offline', path: '/', shows: 'age.offline' },
  { name: 'today-unreachable', world: 'unreachable', path: '/', shows: 'age.unreachable' },
  { name: 'today-stale', world: 'stale', path: '/', shows: 'age.stale', spoken: true },
  { name: 'today-never-offline', world: 'never-offline', path: '/', shows: 'state.offline.title' },
  { name: 'today-never-unreachable', world: 'never-unreachable', path: '/', shows: 'state.unreachable.title' },
  { name: 'today-no-town', world: 'new', path: '/', shows: 'state.no-town.title' },
  { name: 'today-alert-2', world: 'alert-2', path: '/', shows: /見本川の堤防を直しています/ },
  { name: 'today-alert-3', world: 'alert-3', path: '/', shows: 'alert.act.3' },
  { name: 'today-alert-4', world: 'alert-4', path: '/', shows: 'alert.act.4', spoken: true },
  { name: 'today-alert-5', world: 'alert-5', path: '/', shows: 'alert.act.5', spoken: true },
  { name: 'today-alert-drill', world: 'alert-drill', path: '/', shows: 'alert.drill' },
  { name: 'today-alert-lifted', world: 'alert-lifted', path: '/', shows: /避難指示を解除しました/ },
  { name: 'today-alert-offline', world: 'alert-offline', path: '/', shows: 'alert.received.offline' },

  // 緊急情報
  { name: 'alerts-none', world: 'day', path: '/alerts', shows: 'alerts.none.title', spoken: true },
  { name: 'alerts-2', world: 'alert-2', path: '/alerts', shows: /見本川の堤防を直しています/ },
  { name: 'alerts-3', world: 'alert-3', path: '/alerts', shows: 'alert.act.3' },
  { name: 'alerts-4', world: 'alert-4', path: '/alerts', shows: 'alert.act.4', spoken: true },
  { name: 'alerts-5', world: 'alert-5', path: '/alerts', shows: 'alert.act.5' },
  { name: 'alerts-drill', world: 'alert-drill', path: '/alerts', shows: 'alert.drill' },
  { name: 'alerts-lifted', world: 'alert-lifted', path: '/alerts', shows: /避難指示を解除しました/ },
  { name: 'alerts-offline', world: 'alert-offline', path: '/alerts', shows: 'alert.received.offline' },

  // お知らせ
  { name: 'notices-list', world: 'day', path: '/notices', shows: /23日（勤労感謝の日）は、ごみを集めます/, spoken: true },
  { name: 'notices-search', world: 'day', path: '/notices?q=断水', shows: 'notices.found' },
  { name: 'notices-search-none', world: 'day', path: '/notices?q=ユニコーン', shows: 'notices.empty-search.title' },
  { name: 'notices-filter', world: 'day', path: '/notices?segment=health', shows: /がん検診/ },
  { name: 'notices-saved-none', world: 'day', path: '/notices?view=saved', shows: 'notices.empty-saved.title' },
  {
    name: 'notices-saving',
    world: 'day',
    path: '/notices',
    shows: 'notices.saved.done',
    act: async (page) => page.getByRole('button', { name: saying('notices.save.of') }).first().click(),
    undo: async ({ phone }) => {
      for (const { id } of (await phone.call('notices', { saved: true })).rows) await phone.call('mark', { id, as: 'unsaved' });
    },
  },
  { name: 'notices-left-out', world: 'chosen', path: '/notices', shows: 'notices.left-out' },
  { name: 'notices-hidden', world: 'chosen', path: '/notices/hidden', shows: 'notices.hidden.text', spoken: true },
  { name: 'notices-hidden-none', world: 'day', path: '/notices/hidden', shows: 'notices.empty-hidden.title' },
  { name: 'notices-unread-none', world: 'one', path: '/notices?view=unread', shows: 'notices.empty-unread.title' },
  { name: 'notices-one', world: 'one', path: '/notices', shows: 'notices.end' },
  { name: 'notices-many', world: 'many', path: '/notices', shows: /お知らせの 5000 番/, endless: true },
  { name: 'notices-long', world: 'long', path: '/notices', shows: 'notices.end' },
  { name: 'notices-empty', world: 'empty', path: '/notices', shows: 'notices.empty.title' },
  { name: 'notices-offline', world: 'offline', path: '/notices', shows: 'age.offline' },
  { name: 'notices-unreachable', world: 'unreachable', path: '/notices', shows: 'age.unreachable' },
  { name: 'notices-stale', world: 'stale', path: '/notices', shows: 'age.stale' },
  { name: 'notices-never-offline', world: 'never-offline', path: '/notices', shows: 'state.offline.title' },
  { name: 'notices-never-unreachable', world: 'never-unreachable', path: '/notices', shows: 'state.unreachable.title' },
  { name: 'notices-alert', world: 'alert-4', path: '/notices', shows: 'alert.bar' },

  // お知らせの中
  { name: 'notice-plain', world: 'day', path: '/notices/suido-1125', shows: /透明になるまで、飲み水や洗濯には使わないでください/, spoken: true },
  { name: 'notice-easy', world: 'day', path: '/notices/ouen-kyufukin', shows: /かぞくに/, act: async (page) => page.getByLabel(say('lang.ja-easy')).click() },
  { name: 'notice-foreign', world: 'day', path: '/notices/suido-1125', shows: /./, act: async (page) => page.getByRole('radio', { name: /Việt/ }).click() },
  { name: 'notice-picture', world: 'day', path: '/notices/parking-12', shows: /市役所の駐車場、12月から入口が変わります/, act: async (page) => expect(page.locator('main img')).toBeVisible() },
  { name: 'notice-table', world: 'day', path: '/notices/nyugaku-setsumei', shows: /2027年1月28日\(木\)/ },
  { name: 'notice-attachment', world: 'day', path: '/notices/sogo-kunren', shows: 'notice.attachments', spoken: true },
  { name: 'notice-urgent', world: 'day', path: '/notices/battery-fire', shows: /充電式の電池を、プラスチックのごみに入れないでください/ },
  { name: 'notice-expired', world: 'stale', path: '/notices/jichikai', shows: /自治会に入る手続き/ },
  { name: 'notice-withdrawn', world: 'day', path: '/notices/kenko-walk', shows: 'notice.withdrawn', spoken: true },
  { name: 'notice-corrected', world: 'corrected', path: '/notices/suido-1125', shows: 'notice.corrected' },
  { name: 'notice-earlier', world: 'corrected', path: '/notices/suido-1125', shows: /11月25日\(水\) 22時から/, act: async (page) => page.getByText(say('notice.earlier')).click() },
  { name: 'notice-missing', world: 'day', path: '/notices/nothing', shows: 'notice.missing.title', refused: [404, 'notice'], spoken: true },
  { name: 'notice-long', world: 'long', path: '/notices/long', shows: /切れ目のない文/ },
  {
    name: 'notice-attachment-offline',
    world: 'offline',
    path: '/notices/sogo-kunren',
    shows: 'notice.attachment.failed',
    act: async (page) => page.getByRole('button', { name: saying('notice.attachment.open') }).first().click(),
    refused: [503, 'attachment'],
  },
  { name: 'notice-picture-offline', world: 'offline', path: '/notices/parking-12', shows: 'notice.image.missing', refused: [503, 'attachment'] },

  // 受け取る種類
  { name: 'segments-all', world: 'day', path: '/segments', shows: 'segments.always', spoken: true },
  { name: 'segments-some', world: 'chosen', path: '/segments', shows: 'segments.parts.some' },

  // 窓口
  { name: 'counter-day', world: 'day', path: '/counter', shows: /0999-22-1111/, spoken: true },
  { name: 'counter-first', world: 'first', path: '/counter', shows: 'counter.garbage.choose' },
  { name: 'counter-empty', world: 'empty', path: '/counter', shows: 'counter.events.none' },
  { name: 'counter-offline', world: 'offline', path: '/counter', shows: 'age.offline' },
  { name: 'counter-never', world: 'never-offline', path: '/counter', shows: 'counter.talk' },
  { name: 'counter-no-town', world: 'new', path: '/counter', shows: 'state.no-town.title', refused: [404, 'counter'] },

  // 地図
  { name: 'map-start', world: 'map', path: '/map', shows: 'map.start.title', spoken: true },
  { name: 'map-answer', world: 'map', path: at('/map', spots.deep), shows: 'map.site.nearest', spoken: true },
  { name: 'map-answer-whole', world: 'map', path: at('/map', spots.deep), shows: 'map.others', act: press('map.sheet.larger') },
  { name: 'map-dry', world: 'map', path: at('/map', spots.dry), shows: 'map.outside.flood' },
  { name: 'map-slope', world: 'map', path: at('/map', spots.slope, 'landslide'), shows: 'map.slope.special' },
  { name: 'map-tsunami', world: 'map', path: at('/map', spots.deep, 'tsunami'), shows: 'map.advice.run-up' },
  { name: 'map-search-none', world: 'map', path: '/map', shows: 'map.search.none', act: (page) => page.getByRole('searchbox').fill('ユニコーン') },
  { name: 'map-locate', world: 'map', path: '/map', shows: 'map.locate.title', act: press('map.locate') },
  { name: 'map-country', world: 'map-country', path: at('/map', spots.deep), shows: 'map.online.credit', spoken: true },
  { name: 'map-list', world: 'map', path: '/map/list', shows: 'map.list.blocks', spoken: true },
  { name: 'map-words', world: 'map', path: at('/map/answer', spots.deep), shows: 'map.shelters', spoken: true },
  { name: 'map-words-elsewhere', world: 'map', path: '/map/answer?lat=35.68&lon=139.76', shows: 'map.answer.outside-town' },
  { name: 'map-words-nowhere', world: 'map', path: '/map/answer', shows: 'map.answer.no-spot.title' },
  { name: 'map-home', world: 'map-home', path: '/map', shows: /自宅/ },
  { name: 'map-offline', world: 'map-offline', path: '/map', shows: 'age.offline' },
  { name: 'map-stale', world: 'map-stale', path: at('/map', spots.deep), shows: 'age.stale' },
  { name: 'map-alert', world: 'alert-4', path: '/map', shows: 'map.start.title' },
  { name: 'map-away', world: 'map-away', path: '/map', shows: 'map.packs.title', spoken: true },
  { name: 'map-failed', world: 'map-cut', path: '/map', shows: 'map.packs.failed', act: async (page) => page.getByRole('button', { name: saying('map.packs.get') }).click() },
  { name: 'map-site', world: 'map', path: at('/map', spots.site), shows: /緑ヶ丘小学校/ },
  { name: 'map-quake', world: 'map', path: at('/map', spots.deep, 'earthquake'), shows: 'map.sites-only', spoken: true },
  { name: 'map-newer', world: 'map', path: '/map', shows: 'map.packs.newer', act: ofANewerFormat },
  { name: 'map-none', world: 'one', path: '/map', shows: 'map.town.none.title' },
  { name: 'map-no-town', world: 'new', path: '/map', shows: 'state.no-town.title' },
  { name: 'my-places-empty', world: 'map', path: '/map/places', shows: 'map.mine.empty.title', spoken: true },
  { name: 'my-places-list', world: 'map-home', path: '/map/places', shows: /実家/, spoken: true },
  { name: 'my-places-order', world: 'map-home', path: '/map/places', shows: 'map.mine.ordered', act: press('map.mine.order') },
  { name: 'my-places-no-key', world: 'household-no-key', path: '/map/places', shows: 'map.locked.no-key.title' },
  { name: 'my-place-new', world: 'map', path: at('/map/places/new', spots.deep), shows: 'map.mine.role', spoken: true },
  { name: 'my-place-missing', world: 'map', path: '/map/places/nothing', shows: 'map.card.missing.title', refused: [404, 'hazard_card'] },
  { name: 'hazard-card', world: 'map-home', path: '/map/places', shows: 'map.card.sites', act: (page) => page.locator('main li a[href^="#/map/places/"]').first().click(), spoken: 'acting' },
  { name: 'hazard-card-slope', world: 'map-home', path: '/map/places', shows: 'map.slope.special', act: (page) => page.getByRole('link', { name: '実家' }).click() },
  { name: 'timeline-no-home', world: 'map', path: '/map/timeline', shows: 'map.timeline.no-home.title' },
  { name: 'timeline-draft', world: 'map-home', path: '/map/timeline', shows: 'map.timeline.draft', spoken: true },
  { name: 'timeline-edit', world: 'map-home', path: '/map/timeline', shows: 'map.timeline.done', act: press('map.timeline.edit') },

  // 場所
  { name: 'places-kinds', world: 'day', path: '/places', shows: 'kind.emergency-site', spoken: true },
  { name: 'places-sites', world: 'day', path: '/places?kind=emergency-site', shows: /緑ヶ丘小学校/, spoken: true },
  { name: 'places-own-layer', world: 'day', path: `/places?kind=${id('公園')}`, shows: 'places.found' },
  { name: 'places-search', world: 'day', path: '/places?q=公民館', shows: /港町公民館/ },
  { name: 'places-search-none', world: 'day', path: '/places?q=ユニコーン', shows: 'places.empty-search.title' },
  { name: 'places-kind-none', world: 'day', path: '/places?kind=volcano', shows: 'places.empty-kind.title' },
  { name: 'places-here', world: 'day', path: '/places?kind=aed', shows: 'places.here.text', act: press('places.here'), spoken: true },
  {
    name: 'places-near',
    world: 'day',
    path: '/places?kind=aed',
    shows: 'places.here.from',
    act: async (page) => {
      await press('places.here')(page);
      await page.getByRole('dialog').getByRole('button', { name: /川原町公民館/ }).click();
    },
  },
  { name: 'places-empty', world: 'empty', path: '/places', shows: 'places.empty.title' },
  { name: 'places-offline', world: 'offline', path: '/places?kind=shelter', shows: 'age.offline' },
  { name: 'places-never', world: 'never-offline', path: '/places', shows: /./ },
  { name: 'places-long', world: 'long', path: '/places?q=w', shows: /wwwwwwwwwwww/ },
  { name: 'place-site', world: 'day', path: `/places/${id('emergency-site:0000000001')}`, shows: 'place.valid-for', spoken: true },
  { name: 'place-facility', world: 'day', path: `/places/${id('public-facility:4')}`, shows: 'place.hours', spoken: true },
  { name: 'place-missing', world: 'day', path: '/places/nothing', shows: 'place.missing.title', refused: [404, 'place'] },

  // 催し・相談
  { name: 'events-list', world: 'day', path: '/events', shows: /川原公園の朝市/, spoken: true },
  { name: 'events-search', world: 'day', path: '/events?q=健診', shows: /4か月児健診/ },
  { name: 'events-search-none', world: 'day', path: '/events?q=ユニコーン', shows: 'places.empty-search.title' },
  { name: 'events-empty', world: 'empty', path: '/events', shows: 'events.empty.title' },
  { name: 'events-stale', world: 'stale', path: '/events', shows: 'age.stale' },
  { name: 'event-plain', world: 'day', path: `/events/${id('event:0000000005')}`, shows: /乳幼児健康相談/, spoken: true },
  { name: 'event-missing', world: 'day', path: '/events/nothing', shows: 'event.missing.title', refused: [404, 'event'] },

  // 使える支援
  { name: 'benefits-start', world: 'day', path: '/benefits', shows: 'benefits.start.title', spoken: true },
  { name: 'benefits-no-town', world: 'new', path: '/benefits', shows: 'benefits.start.title' },
  { name: 'benefits-results', world: 'household', path: '/benefits', shows: 'benefits.group.perhaps', spoken: true },
  { name: 'benefits-not-yours', world: 'household', path: '/benefits', shows: 'benefits.group.notYours', act: async (page) => page.locator('summary').click() },
  { name: 'benefits-event', world: 'household', path: `/benefits?event=${id('災害')}`, shows: /災害弔慰金/ },
  { name: 'benefits-search', world: 'household', path: `/benefits?q=${id('児童')}`, shows: /児童扶養手当/ },
  { name: 'benefits-search-none', world: 'household', path: `/benefits?q=${id('ユニコーン')}`, shows: 'benefits.nothing.title' },
  { name: 'benefits-no-key', world: 'household-no-key', path: '/benefits', shows: 'benefits.locked.no-key.title', spoken: true },
  { name: 'benefits-key-lost', world: 'household-lost', path: '/benefits', shows: 'benefits.locked.key-lost.title', spoken: true },
  { name: 'benefits-household-key-lost', world: 'household-lost', path: '/benefits/household', shows: 'benefits.locked.key-lost.title' },
  { name: 'today-household', world: 'household', path: '/', shows: 'benefits.title' },
  { name: 'today-benefit-news', world: 'household-news', path: '/', shows: 'benefits.news', spoken: true },
  { name: 'counter-household', world: 'household', path: '/counter', shows: 'counter.benefits' },

  // 家族のこと
  { name: 'household-people', world: 'household', path: '/benefits/household', shows: 'benefits.people.add', spoken: true },
  { name: 'household-nobody', world: 'day', path: '/benefits/household', shows: 'benefits.people.first' },
  { name: 'household-first', world: 'day', path: '/benefits/people/new', shows: 'benefits.people.first', spoken: true },
  { name: 'household-more', world: 'household', path: '/benefits/people/new', shows: 'benefits.people.no-parents', spoken: true },
  { name: 'household-same-name', world: 'household', path: '/benefits/people/1', shows: 'benefits.people.wrong.name', act: async (page) => { await page.getByLabel(say('benefits.people.name')).fill('あなた'); await press('benefits.people.keep.changed')(page); } },
  { name: 'household-kept', world: 'household', path: '/benefits/kept', shows: 'benefits.kept.delete.title', spoken: true },
  { name: 'household-kept-nothing', world: 'day', path: '/benefits/kept', shows: 'benefits.kept.nothing' },

  // 問い
  { name: 'ask-first', world: 'household', path: '/benefits/questions', shows: 'benefits.why', spoken: true },
  { name: 'ask-missing', world: 'household', path: '/benefits/questions', shows: 'benefits.wrong.missing', act: press('benefits.answer.next') },
  { name: 'ask-number', world: 'household', path: `/benefits/questions?fact=${id('給与収入')}&person=0`, shows: /年320万円〜400万円/, act: async (page) => { await page.getByLabel(say('benefits.number.about')).check({ force: true }); await page.getByLabel(say('benefits.number.from')).fill('3,200,000'); await page.getByLabel(say('benefits.number.to')).fill('４００００００'); } },
  { name: 'ask-date', world: 'household', path: `/benefits/questions?fact=${id('出産予定日')}&person=0`, shows: 'benefits.date.western', spoken: true },
  { name: 'ask-yes-no', world: 'household', path: `/benefits/questions?fact=${id('生活保護を受けている')}`, shows: 'benefits.answer.declined', spoken: true },
  { name: 'ask-choice', world: 'household', path: `/benefits/questions?fact=${id('医療保険')}&person=0`, shows: /国民健康保険/ },
  { name: 'ask-several', world: 'household', path: `/benefits/questions?fact=${id('収入の種類')}&person=0`, shows: 'benefits.none' },
  { name: 'ask-person', world: 'household', path: `/benefits/questions?fact=${id('配偶者')}&person=0`, shows: 'benefits.nobody' },
  { name: 'ask-persons', world: 'household', path: `/benefits/questions?fact=${id('扶養親族')}&person=0`, shows: /はな/ },
  { name: 'ask-prefecture', world: 'household', path: `/benefits/questions?fact=${id('都道府県')}`, shows: /静岡県/ },
  { name: 'ask-town', world: 'household', path: `/benefits/questions?fact=${id('市区町村')}`, shows: /沼津市/, act: async (page) => page.getByLabel(say('benefits.text.type')).fill('沼') },

  // 支援の中
  { name: 'benefit-yours', world: 'household', path: `/benefits/programs/${id('児童手当')}`, shows: 'benefits.sentence.eligible', spoken: true },
  { name: 'benefit-perhaps', world: 'household', path: `/benefits/programs/${id('児童扶養手当')}`, shows: 'benefits.settles', spoken: true },
  { name: 'benefit-not-yours', world: 'household', path: `/benefits/programs/${id('特別障害者手当')}`, shows: 'benefits.sentence.not-eligible', spoken: true },
  { name: 'benefit-loan', world: 'household', path: `/benefits/programs/${id('緊急小口資金')}`, shows: 'benefits.badge.loan' },
  { name: 'benefit-reasons', world: 'household', path: `/benefits/programs/${id('児童手当')}`, shows: 'benefits.step.more', act: async (page) => page.getByText(say('benefits.reasons')).first().click() },
  { name: 'benefit-missing', world: 'household', path: '/benefits/programs/nothing', shows: 'benefits.missing.title', refused: [404, 'program'], spoken: true },

  // 町の制度
  { name: 'benefits-of-town', world: 'household-here', path: '/benefits', shows: 'benefits.town.perhaps.text', spoken: true },
  { name: 'benefits-of-town-search', world: 'household-here', path: `/benefits?q=${id('おむつ')}`, shows: /紙おむつの宅配/ },
  { name: 'town-programs-list', world: 'day', path: '/benefits/town', shows: /小学校入学のお祝い/, spoken: true },
  { name: 'town-programs-search', world: 'day', path: `/benefits/town?q=${id('おむつ')}`, shows: /紙おむつの宅配/ },
  { name: 'town-programs-search-none', world: 'day', path: `/benefits/town?q=${id('ユニコーン')}`, shows: 'benefits.nothing.title', spoken: true },
  { name: 'town-programs-event', world: 'day', path: `/benefits/town?event=${id('進学')}`, shows: /小学校入学のお祝い/ },
  { name: 'town-programs-empty', world: 'empty', path: '/benefits/town', shows: 'benefits.town.empty.title', spoken: true },
  { name: 'town-programs-offline', world: 'offline', path: '/benefits/town', shows: 'age.offline' },
  { name: 'town-programs-stale', world: 'stale', path: '/benefits/town', shows: 'age.stale' },
  { name: 'town-programs-never', world: 'never-offline', path: '/benefits/town', shows: 'state.offline.title' },
  { name: 'town-programs-no-town', world: 'new', path: '/benefits/town', shows: 'state.no-town.title' },
  { name: 'town-program-perhaps', world: 'household-here', path: `/benefits/town/${id('program:omutsu')}`, shows: 'benefits.town.perhaps', spoken: true },
  { name: 'town-program-nobody', world: 'day', path: `/benefits/town/${id('program:hitorioya')}`, shows: 'benefits.town.perhaps', spoken: true },
  { name: 'town-program-out', world: 'household', path: `/benefits/town/${id('program:nyugaku')}`, shows: 'benefits.town.out', spoken: true },
  { name: 'town-program-offline', world: 'offline', path: `/benefits/town/${id('program:omutsu')}`, shows: 'age.offline' },
  { name: 'town-program-missing', world: 'day', path: '/benefits/town/nothing', shows: 'benefits.missing.title', refused: [404, 'town_program'], spoken: true },

  // もしも
  { name: 'what-if-baby', world: 'household', path: '/benefits/what-if', shows: 'benefits.what-if.baby.by', spoken: true },
  { name: 'what-if-baby-changes', world: 'household', path: '/benefits/what-if', shows: 'benefits.what-if.then', act: async (page) => { await page.getByLabel(say('benefits.date.year')).fill('2027'); await page.getByLabel(say('benefits.date.month')).selectOption('5'); await press('benefits.what-if.show')(page); } },
  { name: 'what-if-baby-wrong', world: 'household', path: '/benefits/what-if', shows: 'benefits.what-if.baby.wrong', act: press('benefits.what-if.show') },
  { name: 'what-if-income', world: 'household', path: '/benefits/what-if?kind=income', shows: 'benefits.what-if.income.becomes', spoken: true },
  { name: 'what-if-move', world: 'household', path: '/benefits/what-if?kind=move', shows: 'benefits.what-if.move.show', spoken: true },
  {
    name: 'what-if-towns',
    world: 'household',
    path: '/benefits/what-if?kind=move',
    shows: 'benefits.towns.note',
    act: async (page) => {
      await page.getByLabel(say('benefits.what-if.move.prefecture')).selectOption('東京都');
      await page.getByLabel(say('benefits.text.type')).fill('千代田');
      await page.getByLabel('千代田区').check({ force: true });
      await press('benefits.what-if.move.show')(page);
    },
  },
  { name: 'what-if-neighbours', world: 'neighbours', path: '/benefits/what-if?kind=move', shows: 'benefits.towns.ask', act: three, spoken: true },
  { name: 'what-if-nobody', world: 'day', path: '/benefits/what-if', shows: 'benefits.what-if.nobody.title' },

  // ごみ
  { name: 'garbage-calendar', world: 'day', path: '/garbage', shows: 'garbage.area.change', spoken: true },
  { name: 'garbage-first', world: 'first', path: '/garbage', shows: 'garbage.choose.title' },
  { name: 'garbage-item', world: 'day', path: '/garbage', shows: /乾電池/, act: async (page) => page.getByLabel(say('garbage.item.label')).fill('電池'), spoken: true },
  { name: 'garbage-item-none', world: 'day', path: '/garbage', shows: 'garbage.item.empty.title', act: async (page) => page.getByLabel(say('garbage.item.label')).fill('ユニコーン') },
  { name: 'garbage-areas', world: 'day', path: '/garbage/area', shows: 'garbage.area.none' },
  { name: 'garbage-areas-empty', world: 'empty', path: '/garbage/area', shows: 'garbage.area.empty.title' },
  { name: 'garbage-empty', world: 'empty', path: '/garbage', shows: /./ },

  // 設定
  { name: 'settings-day', world: 'day', path: '/settings', shows: 'settings.storage', spoken: true },
  { name: 'settings-no-town', world: 'new', path: '/settings', shows: 'settings.language' },
  { name: 'settings-offline', world: 'offline', path: '/settings', shows: 'settings.storage.offline' },
  { name: 'settings-unreachable', world: 'unreachable', path: '/settings', shows: 'settings.storage.unreachable' },
  { name: 'settings-two-towns', world: 'two', path: '/settings', shows: /小見市/ },
  { name: 'settings-leaving', world: 'two', path: '/settings', shows: 'settings.town.leave.again', act: async (page) => page.getByRole('button', { name: saying('settings.town.leave') }).click(), spoken: true },
  { name: 'about-all', world: 'day', path: '/settings/about', shows: 'about.promises', spoken: true },

  // はじめに
  { name: 'welcome-first', world: 'new', path: '/welcome', shows: 'welcome.lead', spoken: true },
  { name: 'welcome-missing', world: 'new', path: '/welcome', shows: 'welcome.error.missing', act: press('welcome.join') },
  { name: 'welcome-unreachable', world: 'new', path: '/welcome', shows: 'welcome.error.unreachable', act: (page) => join(page, 'http://127.0.0.1:9/'), refused: [503, 'join'] },
  { name: 'welcome-no-address', world: 'new', path: '/welcome', shows: 'welcome.error.name', act: (page) => join(page, '焼津市') },
  { name: 'welcome-linked', world: 'new', path: '/welcome?address=https%3A%2F%2Fmadoguchi.example.jp%2F992011%2F', shows: 'welcome.linked' },
  {
    name: 'welcome-progress',
    world: 'new',
    path: '/welcome',
    shows: 'welcome.leave',
    act: async (page, { wire }) => {
      wire?.allow(16_000);
      await join(page, wire?.url ?? '');
      await expect(page.getByText(say('welcome.progress.got'))).toBeVisible();
    },
    undo: async ({ phone, wire }) => {
      wire?.mend();
      await expect.poll(async () => (await phone.call('age', {}).catch(() => undefined))?.state).toBe('fresh');
      await phone.call('leave_town', { code: '992011' });
    },
  },
  {
    name: 'welcome-joined',
    world: 'new',
    path: '/welcome',
    shows: 'welcome.choose',
    act: (page, { wire }) => join(page, wire?.url ?? ''),
    undo: async ({ phone }) => void (await phone.call('leave_town', { code: '992011' })),
  },

  // そのほか
  { name: 'not-found', world: 'day', path: '/nowhere', shows: 'state.not-found.title', spoken: true },
];
