// Written by `cargo run -p madoguchi-resident --features bindings --bin resident-bindings` from crates/resident/src/api.
// Not to be changed by hand: a test compares it with what Rust says.

/**
 * What this app is made of.
 */
export type About = { 
/**
 * Its version.
 */
version: string, 
/**
 * The works of others that are in it, and its own.
 */
licences: Array<Licence>, };

/**
 * What to do.
 */
export type Advice = "careful" | "stay-upstairs-possible" | "leave" | "run-up";

/**
 * How old the content is.
 */
export type Age = { 
/**
 * In a word.
 */
state: AgeState, 
/**
 * In seconds; none before the first sync.
 */
age_s: number | null, 
/**
 * When the town signed it; none before the first sync.
 */
issued: Moment | null, };

/**
 * What is known of how current the content is.
 */
export type AgeState = "fresh" | "offline" | "unreachable" | "stale" | "never";

/**
 * A part of the town.
 */
export type AlertArea = { 
/**
 * The block's name.
 */
name: string, 
/**
 * 町字ID, when the town gives it.
 */
block?: string, };

/**
 * Yen between two bounds.
 */
export type Amount = { 
/**
 * For what time.
 */
per: Per, 
/**
 * Not below this; none: no bound is known.
 */
low: string | null, 
/**
 * Not above this; none: no bound is known.
 */
high: string | null, 
/**
 * Is it this one number?
 */
exact: boolean, };

/**
 * Why a command was not done. A screen looks its sentence up by the code; the message is for a log.
 */
export type ApiError = { 
/**
 * A short name.
 */
code: string, 
/**
 * In technical words.
 */
message: string, };

/**
 * Where something is.
 */
export type At = { 
/**
 * North positive.
 */
lat: number, 
/**
 * East positive.
 */
lon: number, 
/**
 * Good to a town block only?
 */
approximate: boolean, };

/**
 * A file of a notice.
 */
export type Attachment = { 
/**
 * Its path.
 */
path: string, 
/**
 * What to call it.
 */
title: string, 
/**
 * Its size.
 */
bytes: number, 
/**
 * What it is.
 */
media_type: string, };

/**
 * A file that is on the phone now.
 */
export type AttachmentFile = { 
/**
 * Where the screen finds it. The carrier puts its own address here in place of the path.
 */
file: string, 
/**
 * What it is.
 */
media_type: string, 
/**
 * Its size.
 */
bytes: number, };

/**
 * Which file of which notice.
 */
export type AttachmentQuery = { 
/**
 * The notice's id.
 */
notice: string, 
/**
 * The file's path.
 */
path: string, };

/**
 * The base map.
 */
export type BaseShown = { 
/**
 * Its id.
 */
id: string, 
/**
 * Smallest zoom.
 */
min_zoom: number, 
/**
 * Largest zoom.
 */
max_zoom: number, 
/**
 * South, west, north, east.
 */
bounds: [number, number, number, number], 
/**
 * Whom to name.
 */
attribution: Array<string>, 
/**
 * Is it on this phone?
 */
ready: boolean, 
/**
 * Its size.
 */
bytes: number, };

/**
 * What is new about programs, the most urgent first.
 */
export type BenefitNews = { 
/**
 * The news.
 */
rows: Array<BenefitNewsRow>, };

/**
 * Something new about a program.
 */
export type BenefitNewsRow = { 
/**
 * What kind.
 */
kind: NewsKind, 
/**
 * Its name in the rules.
 */
program: string, 
/**
 * How residents call it.
 */
title: string, 
/**
 * For whom; nobody: for the household.
 */
people: Array<string>, 
/**
 * The last day to ask for it, or the first on which it is theirs.
 */
day: Moment | null, 
/**
 * There is no time to put it off.
 */
urgent: boolean, };

/**
 * What was looked at.
 */
export type BenefitsSeen = { 
/**
 * `ja`, `ja-easy` or `en`; any other is `ja`.
 */
lang?: string | null, 
/**
 * Its name in the rules; none: all of them.
 */
program?: string | null, };

/**
 * A piece of content. The tree is closed: there is no markup in it.
 */
export type Block = { "t": "heading", level: number, text: Array<Inline>, } | { "t": "paragraph", text: Array<Inline>, } | { "t": "list", ordered?: boolean, items: Array<Array<Block>>, } | { "t": "table", head?: Array<Array<Inline>>, rows: Array<Array<Array<Inline>>>, } | { "t": "quote", blocks: Array<Block>, } | { "t": "image", path: string, alt: string, } | { "t": "rule" };

/**
 * A block by name.
 */
export type BlockShown = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * North positive.
 */
lat: number, 
/**
 * East positive.
 */
lon: number, };

/**
 * An answer in short.
 */
export type Cell = { 
/**
 * The best for anybody.
 */
verdict: Verdict, 
/**
 * What it comes to for all together.
 */
amount: Amount | null, };

/**
 * A program whose answer is another one.
 */
export type Changed = { 
/**
 * Its name in the rules.
 */
program: string, 
/**
 * How residents call it.
 */
title: string, 
/**
 * For the household that is kept.
 */
from: Cell, 
/**
 * For the one that was asked about.
 */
to: Cell, };

/**
 * A place of the resident's own where the map says something else than when they last looked.
 */
export type ChangedPlace = { 
/**
 * Its id, by which its card is opened.
 */
id: string, 
/**
 * What the resident calls it; empty: by its role.
 */
name: string, 
/**
 * What it is.
 */
role: PlaceRole, };

/**
 * The choices for an answer to another fact.
 */
export type ChoicesOf = { 
/**
 * That answer.
 */
of: string, 
/**
 * What can be chosen.
 */
choices: Array<string>, };

/**
 * The district to choose; none for none.
 */
export type ChooseGarbageArea = { 
/**
 * Its id.
 */
id: string | null, };

/**
 * Segments to choose; none brings back all.
 */
export type ChooseSegments = { 
/**
 * Their codes.
 */
codes: Array<string>, };

/**
 * The district that the resident chose.
 */
export type ChosenArea = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its name.
 */
name: string, };

/**
 * A class of a layer.
 */
export type ClassShown = { 
/**
 * Its code.
 */
code: string, 
/**
 * The source's own words.
 */
label: string, 
/**
 * Depth from, in metres.
 */
min_m?: number, 
/**
 * Depth below, in metres.
 */
max_m?: number, 
/**
 * Stays from, in hours.
 */
min_h?: number, 
/**
 * Stays less than, in hours.
 */
max_h?: number, };

/**
 * One code or several.
 */
export type Codes = string | Array<string>;

/**
 * A program in one of the towns.
 */
export type ComparedCell = { 
/**
 * The answer; none where the town's rules have no such program, or the phone does not have the town's rules.
 */
answer: Cell | null, 
/**
 * What is required there and not everywhere.
 */
requires: Array<string>, };

/**
 * A program in each of the towns.
 */
export type ComparedRow = { 
/**
 * Its name in the rules.
 */
program: string, 
/**
 * How residents call it.
 */
title: string, 
/**
 * What is required in every town that has it, where several do and are not all alike.
 */
requires: Array<string>, 
/**
 * The answers, in the order of the towns.
 */
cells: Array<ComparedCell>, 
/**
 * Are the towns not all alike, as far as the phone has their rules?
 */
differs: boolean, };

/**
 * A town of a comparison.
 */
export type ComparedTown = { 
/**
 * 都道府県
 */
prefecture: string, 
/**
 * 市区町村
 */
municipality: string, 
/**
 * Do the rules know it?
 */
known: boolean, 
/**
 * Does the phone have all rules of its own? What is then not in them is not there.
 */
held: boolean, };

/**
 * A change of a notice.
 */
export type Correction = { 
/**
 * When.
 */
at: Moment, 
/**
 * What is different now, in the town's words.
 */
note: string, };

/**
 * What can be done at the town hall from here.
 */
export type Counter = { 
/**
 * The town's name; empty until its content came.
 */
name: string, 
/**
 * Telephone of the town hall.
 */
phone?: string, 
/**
 * The town's own web site.
 */
url?: string, 
/**
 * How many events are held today.
 */
events_today: number, 
/**
 * How many events are held from today until Sunday.
 */
events_week: number, };

/**
 * The codes of [`shelters::Crowding`].
 */
export type Crowding = "room" | "filling" | "full" | "unknown";

/**
 * From and to on one weekday; `close` before `open` means past midnight.
 */
export type DayHours = { 
/**
 * 1 Monday to 7 Sunday.
 */
weekday: number, 
/**
 * `HH:MM`.
 */
open: string, 
/**
 * `HH:MM`.
 */
close: string, };

/**
 * A last day, or what is said of one.
 */
export type Deadline = { 
/**
 * The day, where it follows from what is known.
 */
day: string | null, 
/**
 * In words.
 */
text: string, };

/**
 * Why a date is in doubt.
 */
export type Doubt = "clock-behind" | "clock-or-expired";

/**
 * How a notice read before.
 */
export type Earlier = { 
/**
 * When the phone got the words that followed.
 */
until: Moment, 
/**
 * The title.
 */
title: string, 
/**
 * A sentence or two.
 */
summary?: string, 
/**
 * The body.
 */
body: Array<Block>, };

/**
 * The nearest edge of a zone, or from inside of a worse one.
 */
export type EdgeShown = { 
/**
 * How far.
 */
distance_m: number, 
/**
 * In which direction; none where it touches.
 */
heading: Heading | null, 
/**
 * What holds there.
 */
there: ClassShown, };

/**
 * Why content was refused.
 */
export type ErrorReport = { 
/**
 * A short name.
 */
code: string, 
/**
 * In technical words, for a log.
 */
message: string, };

/**
 * An event. What the town did not say is absent.
 */
export type Event = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its title.
 */
title: string, 
/**
 * Codes of what it is about.
 */
segments: Array<string>, 
/**
 * The dates on which it is held.
 */
sessions: Array<Session>, 
/**
 * When, in the town's words, where no date could be read.
 */
when?: string, 
/**
 * A sentence or two.
 */
summary?: string, 
/**
 * The description.
 */
body: Array<Block>, 
/**
 * Name of the place.
 */
place?: string, 
/**
 * Address of the place.
 */
address?: string, 
/**
 * Where it is.
 */
position?: At, 
/**
 * For whom.
 */
audience?: string, 
/**
 * What it costs.
 */
fee?: string, 
/**
 * Whom to ask.
 */
contact?: string, 
/**
 * Telephone.
 */
phone?: string, 
/**
 * Who holds it.
 */
organizer?: string, 
/**
 * The last day on which one may apply.
 */
apply_until?: Moment, 
/**
 * Where to read on.
 */
link?: string, 
/**
 * Everything else that the town says of it: names and values.
 */
details: Array<[string, string]>, 
/**
 * The file it comes from.
 */
from?: Source, };

/**
 * A day on which something is held.
 */
export type EventDay = { 
/**
 * The day.
 */
moment: Moment, 
/**
 * What is held.
 */
rows: Array<EventRow>, };

/**
 * Events by day.
 */
export type EventList = { 
/**
 * Days on which something is held, soonest first.
 */
days: Array<EventDay>, 
/**
 * Are there more?
 */
more: boolean, 
/**
 * Events of which the town gives no date that can be read.
 */
undated: Array<UndatedEvent>, };

/**
 * Which events. Everything that is set must hold.
 */
export type EventQuery = { 
/**
 * All of these words occur.
 */
search?: string, 
/**
 * On this day or later; without it today.
 */
from?: string, 
/**
 * On this day or earlier.
 */
to?: string, 
/**
 * At most so many dates.
 */
limit?: number, };

/**
 * One date of an event.
 */
export type EventRow = { 
/**
 * The event's id.
 */
id: string, 
/**
 * The session's id.
 */
session: string, 
/**
 * The event's title.
 */
title: string, 
/**
 * Begins.
 */
moment: Moment, 
/**
 * Ends.
 */
ends: Moment | null, 
/**
 * No time of day was given.
 */
all_day: boolean, 
/**
 * It has ended, or its day has where the town gives no end.
 */
over: boolean, 
/**
 * Where.
 */
place?: string, 
/**
 * Codes of what it is about.
 */
segments: Array<string>, };

/**
 * A change of one fact that would make it theirs.
 */
export type FactChange = { 
/**
 * The fact, and whose.
 */
open: Open, 
/**
 * Whose; empty for the household.
 */
name: string, 
/**
 * What the fact is called.
 */
label: string, 
/**
 * Up to the value, from it on, or the other answer.
 */
limit: "at-most" | "at-least" | "opposite", 
/**
 * The number.
 */
value: string | null, 
/**
 * In what it counts.
 */
unit: string | null, };

/**
 * What an answer is.
 */
export type FactKind = "bool" | "number" | "date" | "choice" | "set" | "text" | "person" | "persons";

/**
 * Something that residents are asked.
 */
export type FactShape = { 
/**
 * Its name in the rules.
 */
fact: string, 
/**
 * Is it asked for each person?
 */
perPerson: boolean, 
/**
 * What it is called.
 */
label: string, 
/**
 * What is asked.
 */
question: string, 
/**
 * Why it is asked.
 */
why: string, 
/**
 * What its answer is.
 */
kind: FactKind, 
/**
 * In what a number counts: `yen-a-year`, `people`, …; none for a plain number and for what is no number.
 */
unit: string | null, 
/**
 * What can be chosen.
 */
words: Array<Word>, 
/**
 * Not below this number or day.
 */
low: string | null, 
/**
 * Not above this.
 */
high: string | null, 
/**
 * For a text: those that tables list; empty when any will do.
 */
choices: Array<string>, 
/**
 * For a text whose choices follow from another fact: which one.
 */
dependsOn: string | null, 
/**
 * The choices for each answer to that other fact, in the same order as its own.
 */
choicesBy: Array<ChoicesOf>, };

/**
 * What is known of a fact; none: nothing. `\"\"` is nobody of the household.
 */
export type FactValue = string | number | boolean | null | string[] | { from?: string | number | null; to?: string | number | null } | { any_of: string[] };

/**
 * In which language.
 */
export type FactsQuery = { 
/**
 * `ja`, `ja-easy` or `en`; any other is `ja`.
 */
lang?: string, };

/**
 * What is collected in the resident's district.
 */
export type Garbage = { 
/**
 * The district; none when none is chosen.
 */
area: ChosenArea | null, 
/**
 * Days on which something is collected, from today on.
 */
days: Array<GarbageDay>, };

/**
 * A district, and whether it is the resident's.
 */
export type GarbageArea = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Did the resident choose it?
 */
chosen: boolean, };

/**
 * A day on which something is collected.
 */
export type GarbageDay = { 
/**
 * The day.
 */
moment: Moment, 
/**
 * What is collected, in the town's order.
 */
kinds: Array<GarbageKind>, };

/**
 * How to throw a thing away.
 */
export type GarbageItem = { 
/**
 * Its id.
 */
id: string, 
/**
 * The thing.
 */
name: string, 
/**
 * The kind of garbage it is.
 */
kind: string, 
/**
 * What to heed.
 */
note?: string, };

/**
 * What is to be thrown away.
 */
export type GarbageItemQuery = { 
/**
 * Words that name it; all things when there are none.
 */
search: string, };

/**
 * A kind of garbage on one day.
 */
export type GarbageKind = { 
/**
 * Its name.
 */
name: string, 
/**
 * What to know about it.
 */
note?: string, 
/**
 * The colour by which the town knows it.
 */
color?: string, };

/**
 * For how many days.
 */
export type GarbageQuery = { 
/**
 * From today on.
 */
days?: number, };

/**
 * Programs by their answer.
 */
export type Groups = { 
/**
 * For this household.
 */
yours: Array<ProgramRow>, 
/**
 * It depends on what is not known.
 */
perhaps: Array<ProgramRow>, 
/**
 * Not for this household.
 */
notYours: Array<ProgramRow>, };

/**
 * A danger.
 */
export type Hazard = "flood" | "landslide" | "storm-surge" | "earthquake" | "tsunami" | "fire" | "inland-flood" | "volcano";

/**
 * What can happen at a spot.
 */
export type HazardAt = { 
/**
 * The spot.
 */
spot: SpotShown, 
/**
 * What each layer says.
 */
layers: Array<LayerSays>, 
/**
 * Kinds of hazards of which the town has no layer.
 */
not_surveyed: Array<HazardKind>, };

/**
 * Everything about a place on one screen.
 */
export type HazardCard = { 
/**
 * The place.
 */
place: MyPlaceShown, 
/**
 * What can happen there.
 */
at: HazardAt, 
/**
 * Where to go, by what one flees from.
 */
sites: Record<string, Sites>, };

/**
 * What a hazard layer tells of.
 */
export type HazardKind = "river-flood" | "flood-duration" | "collapse-flow" | "collapse-bank" | "inland-flood" | "storm-surge" | "tsunami" | "steep-slope" | "debris-flow" | "landslide" | "flood-history";

/**
 * Where.
 */
export type HazardQuery = { 
/**
 * North positive.
 */
lat: number, 
/**
 * East positive.
 */
lon: number, };

/**
 * One of eight directions of the compass.
 */
export type Heading = "n" | "ne" | "e" | "se" | "s" | "sw" | "w" | "nw";

/**
 * When a place is open.
 */
export type Hours = { 
/**
 * From Monday on; a day without hours is absent.
 */
week: Array<DayHours>, 
/**
 * What hours cannot say.
 */
note?: string, };

/**
 * A household's facts, by their names in the rules.
 */
export type Household = { household: { [key in string]: FactValue }, people: Array<Person>, };

/**
 * What may be asked at all.
 */
export type HouseholdFacts = { 
/**
 * Every fact, in the order of the rules.
 */
facts: Array<FactShape>, };

/**
 * What this phone keeps of the household.
 */
export type HouseholdState = { 
/**
 * Its facts; none when none are kept, or none that can be read.
 */
household: Household | null, 
/**
 * What the resident would rather not tell.
 */
declined: Array<Open>, 
/**
 * Programs that they receive already.
 */
received: Array<string>, 
/**
 * Documents that are at hand, by program.
 */
documents: { [key in string]: Array<string> }, 
/**
 * What stands in the way of keeping or reading it.
 */
locked: Locked | null, };

/**
 * The town's programs in words that may concern a household. None of them is ever told to be theirs.
 */
export type InWords = { 
/**
 * Those that nothing rules out, in the town's order. What a rule answers is not among them, nor what is for businesses.
 */
rows: Array<InWordsRow>, 
/**
 * How many the town describes, whoever they are for.
 */
listed: number, };

/**
 * A program in words, in full.
 */
export type InWordsDetail = { 
/**
 * As in a list.
 */
row: InWordsRow, 
/**
 * `unknown`: perhaps theirs, ask; `not-eligible`: a bound of the data rules it out. Nothing else.
 */
verdict: Verdict, 
/**
 * What rules it out, for whom.
 */
out: Array<RuledOutFor>, 
/**
 * What it is.
 */
body: Array<Block>, 
/**
 * For whom, with all conditions.
 */
target: string | null, 
/**
 * What it costs.
 */
cost: string | null, 
/**
 * How to apply.
 */
how: string | null, 
/**
 * When to apply, in the town's words.
 */
when: string | null, 
/**
 * The first day on which one may apply.
 */
applyFrom: string | null, 
/**
 * The last day on which one may apply.
 */
applyTo: string | null, 
/**
 * Does that time lie ahead?
 */
ahead: boolean, 
/**
 * What to bring.
 */
documents: Array<string>, 
/**
 * Under which name its documents are ticked off.
 */
checklist: string, 
/**
 * The department that published it.
 */
department: string | null, 
/**
 * Where to go.
 */
counter: string | null, 
/**
 * Who answers.
 */
contact: string | null, 
/**
 * Their telephone; the town hall's where the data gives none.
 */
phone: string | null, 
/**
 * Their mail address.
 */
email: string | null, 
/**
 * Where to read on.
 */
link: string | null, 
/**
 * What else to read.
 */
links: Array<TitledLink>, 
/**
 * Forms, and where to apply online.
 */
forms: Array<TitledLink>, 
/**
 * The law or rule that it rests on.
 */
law: string | null, 
/**
 * Everything else that the town's file says of it.
 */
details: Array<[string, string]>, 
/**
 * The day on which the town last changed it.
 */
updated: string | null, 
/**
 * The file it comes from.
 */
from: Source | null, 
/**
 * A program of the rules that answers under the same title.
 */
rule: NamedProgram | null, };

/**
 * A list of the town's programs in words.
 */
export type InWordsList = { 
/**
 * In the town's order.
 */
rows: Array<InWordsRow>, 
/**
 * Are there more?
 */
more: boolean, 
/**
 * Codes of the subjects under which the town files any.
 */
segments: Array<string>, 
/**
 * Events of life under which it files any, in the words of rule files.
 */
events: Array<string>, };

/**
 * A program in words.
 */
export type InWordsRow = { 
/**
 * Its id in the town's content.
 */
id: string, 
/**
 * Its name.
 */
title: string, 
/**
 * Another name by which it goes.
 */
also: string | null, 
/**
 * One or two sentences.
 */
summary: string | null, 
/**
 * The language of the texts.
 */
lang: string, 
/**
 * Codes of what it is about.
 */
segments: Array<string>, 
/**
 * Is it for businesses and not for households?
 */
business: boolean, 
/**
 * What one receives, in the town's words.
 */
amount: string | null, 
/**
 * Whom to ask: the office or its counter.
 */
ask: string | null, 
/**
 * Whom of the household it may concern, where ages rule out somebody else of it.
 */
people: Array<string>, };

/**
 * A piece of running text.
 */
export type Inline = { "t": "text", text: string, } | { "t": "strong", text: string, } | { "t": "link", text: string, href: string, } | { "t": "ruby", base: string, reading: string, } | { "t": "break" };

/**
 * In which zone a site lies.
 */
export type InsideOf = { 
/**
 * Of what.
 */
layer: HazardKind, 
/**
 * Which class.
 */
there: ClassShown, };

/**
 * A town to join.
 */
export type JoinQuery = { 
/**
 * Its address, or a link `madoguchi://join?url=…&root=…`.
 */
address: string, 
/**
 * SHA-256 of its root, where it was handed over by another way.
 */
fingerprint?: string, };

/**
 * A town that was joined, and its first sync.
 */
export type JoinResult = { 
/**
 * Its code.
 */
code: string, 
/**
 * Its name; empty until its content came.
 */
name: string, 
/**
 * How it was joined.
 */
state: JoinedState, 
/**
 * The first sync.
 */
sync: SyncResult, };

/**
 * How a town was joined.
 */
export type JoinedState = "joined" | "again";

/**
 * The language of the app; content is shown in it where the town has it.
 */
export type Language = "ja" | "ja-easy" | "en";

/**
 * What a layer says.
 */
export type LayerSays = { 
/**
 * Its id.
 */
id: string, 
/**
 * What it tells of.
 */
layer: HazardKind, 
/**
 * For which rain, river or wave.
 */
scenario: string | null, 
/**
 * What is known.
 */
state: LayerState, 
/**
 * The rank of the class among the layer's.
 */
class: number | null, 
/**
 * Its code.
 */
code: string | null, 
/**
 * The source's own words for it.
 */
label: string | null, 
/**
 * Depth from, in metres.
 */
min_m: number | null, 
/**
 * Depth below, in metres.
 */
max_m: number | null, 
/**
 * Stays from, in hours.
 */
min_h: number | null, 
/**
 * Stays less than, in hours.
 */
max_h: number | null, 
/**
 * What that means.
 */
means: Meant | null, 
/**
 * Where it gets worse.
 */
edge: EdgeShown | null, 
/**
 * Whose word it is.
 */
source: SurveySource, };

/**
 * A layer of hazards.
 */
export type LayerShown = { 
/**
 * Its id, by which its tiles are asked for.
 */
id: string, 
/**
 * What it tells of.
 */
layer: HazardKind, 
/**
 * For which rain, river or wave.
 */
scenario: string | null, 
/**
 * Mildest first; a zone's class is its place here.
 */
classes: Array<ClassShown>, 
/**
 * Who made the survey.
 */
surveyor: string | null, 
/**
 * In which year.
 */
survey_year: number | null, 
/**
 * The licence of its file.
 */
license: string | null, 
/**
 * The title of its file.
 */
source_title: string | null, 
/**
 * South, west, north, east.
 */
bounds: [number, number, number, number], 
/**
 * Is it on this phone?
 */
ready: boolean, 
/**
 * Its size unpacked.
 */
bytes: number, };

/**
 * What is known of a layer at a point.
 */
export type LayerState = "inside" | "outside" | "not-surveyed" | "missing" | "damaged" | "newer";

/**
 * A part of a way.
 */
export type Leg = { 
/**
 * The street's name.
 */
name: string | null, 
/**
 * Its direction.
 */
heading: Heading, 
/**
 * Its metres.
 */
distance_m: number, };

/**
 * The licence of a work.
 */
export type Licence = { 
/**
 * The work.
 */
name: string, 
/**
 * Its version.
 */
version: string, 
/**
 * Its licence as an SPDX expression.
 */
licence: string, };

/**
 * Why what is kept (a household, or a document of the resident's own) cannot be read, or will not be kept.
 */
export type Locked = "no-key" | "key-lost" | "damaged";

/**
 * What the map is drawn from.
 */
export type MapShown = { 
/**
 * The town.
 */
town: MapTown, 
/**
 * Rings of longitude and latitude; even-odd tells outer ones and holes apart.
 */
border: Array<Array<[number, number]>>, 
/**
 * Its blocks.
 */
blocks: Array<BlockShown>, 
/**
 * Its layers of hazards.
 */
layers: Array<LayerShown>, 
/**
 * The base map, where the town has one.
 */
base: BaseShown | null, 
/**
 * The walking graph, where the town has one.
 */
roads: PackShown | null, 
/**
 * When the resident wants packs; none: they have not said yet.
 */
wanted: Maps | null, 
/**
 * Bytes to fetch for all that is not here yet.
 */
missing_bytes: number, 
/**
 * The dangers that the town has 指定緊急避難場所 against.
 */
dangers: Array<Hazard>, 
/**
 * Does the town have a map that only a newer app reads?
 */
newer: boolean, };

/**
 * The town on the map.
 */
export type MapTown = { 
/**
 * Its name.
 */
name: string, 
/**
 * South, west, north, east of all that is known of it.
 */
bounds: [number, number, number, number] | null, };

/**
 * When packs are fetched.
 */
export type Maps = "always" | "wifi" | "never";

/**
 * What to do with a notice.
 */
export type Mark = "read" | "unread" | "saved" | "unsaved";

/**
 * A notice to mark.
 */
export type MarkNotice = { 
/**
 * Its id.
 */
id: string, 
/**
 * As what.
 */
as: Mark, };

/**
 * A notice and its marks. They stay on the phone.
 */
export type Marked = { 
/**
 * Its id.
 */
id: string, 
/**
 * Has the resident read it?
 */
read: boolean, 
/**
 * Has the resident put it by?
 */
saved: boolean, };

/**
 * How far it goes, in things that everyone knows.
 */
export type Meaning = "ankle" | "knee" | "waist" | "first-floor" | "second-floor" | "roof" | "above" | "water" | "hours" | "days" | "week" | "house-may-fall" | "ground-may-go" | "slope-may-fall" | "special-zone" | "stood-before";

/**
 * What a class means for people.
 */
export type Meant = { 
/**
 * How far it goes.
 */
code: Meaning, 
/**
 * What to do, by the strictest layer of its danger at the spot.
 */
advice: Advice | null, };

/**
 * A moment with its calendar facts in Japan, so that a screen does no arithmetic with dates.
 */
export type Moment = { 
/**
 * The moment, in UTC.
 */
at: string, 
/**
 * Its day in Japan.
 */
date: string, 
/**
 * Year.
 */
year: number, 
/**
 * 1 to 12.
 */
month: number, 
/**
 * 1 to 31.
 */
day: number, 
/**
 * 1 Monday to 7 Sunday.
 */
weekday: number, 
/**
 * 0 to 23.
 */
hour: number, 
/**
 * 0 to 59.
 */
minute: number, 
/**
 * 0 today, 1 tomorrow, -1 yesterday.
 */
days_from_today: number, 
/**
 * The day is meant, and no time of it: hour and minute say nothing.
 */
whole_day: boolean, };

/**
 * Which place.
 */
export type MyPlaceQuery = { 
/**
 * Its id.
 */
id: string, };

/**
 * A place of the resident's own.
 */
export type MyPlaceShown = { 
/**
 * Its id.
 */
id: string, 
/**
 * What it is.
 */
role: PlaceRole, 
/**
 * What the resident calls it; empty: by its role.
 */
name: string, 
/**
 * North positive.
 */
lat: number, 
/**
 * East positive.
 */
lon: number, 
/**
 * What the resident noted.
 */
note: string, 
/**
 * A layer says something else here than when the resident last looked.
 */
changed: boolean, };

/**
 * The resident's places.
 */
export type MyPlaces = { 
/**
 * In their order.
 */
places: Array<MyPlaceShown>, 
/**
 * What stands in the way of keeping or reading them.
 */
locked: Locked | null, };

/**
 * A program by its name.
 */
export type NamedProgram = { 
/**
 * Its name in the rules.
 */
program: string, 
/**
 * How residents call it.
 */
title: string, };

/**
 * A town by its names.
 */
export type NamedTown = { 
/**
 * 都道府県
 */
prefecture: string, 
/**
 * 市区町村
 */
municipality: string, };

/**
 * A block that is near.
 */
export type NearBlock = { 
/**
 * Its name.
 */
name: string, 
/**
 * How far its middle is.
 */
distance_m: number, };

/**
 * What kind of news.
 */
export type NewsKind = "opened" | "deadline" | "opens";

/**
 * A notice.
 */
export type Notice = { 
/**
 * Its id.
 */
id: string, 
/**
 * Codes of what it is about.
 */
segments: Array<string>, 
/**
 * Who speaks.
 */
department: string, 
/**
 * When it became public.
 */
published: Moment, 
/**
 * Until when it is current.
 */
expires: Moment | null, 
/**
 * Does it want attention today?
 */
urgent: boolean, 
/**
 * The language of `text`.
 */
lang: string, 
/**
 * Every language in which it exists, the town's own first.
 */
langs: Array<string>, 
/**
 * The words.
 */
text: TextOf, 
/**
 * What the town says it corrected, oldest first.
 */
corrections: Array<Correction>, 
/**
 * The town took it back.
 */
withdrawn?: Correction, 
/**
 * Files that belong to it.
 */
attachments: Array<Attachment>, 
/**
 * Where to read on.
 */
link?: string, 
/**
 * Where it takes place, in words.
 */
place?: string, 
/**
 * The file it comes from.
 */
from?: Source, };

/**
 * A notice and what the resident did with it.
 */
export type NoticeAnswer = { 
/**
 * The notice.
 */
notice: Notice, 
/**
 * Has the resident read it?
 */
read: boolean, 
/**
 * Has the resident put it by?
 */
saved: boolean, 
/**
 * How it read before it changed last, as far as this phone saw it change.
 */
earlier?: Earlier, };

/**
 * Notices, newest first.
 */
export type NoticeList = { 
/**
 * The notices.
 */
rows: Array<NoticeRow>, 
/**
 * Are there more?
 */
more: boolean, 
/**
 * How many newer ones than the last row the resident's choice left out.
 */
left_out: number, };

/**
 * Which notices. Everything that is set must hold.
 */
export type NoticeQuery = { 
/**
 * Filed under this segment, or one of these. Without it the resident's choice holds.
 */
segment?: Codes, 
/**
 * Not yet read.
 */
unread?: boolean, 
/**
 * Put by; expired ones too.
 */
saved?: boolean, 
/**
 * Those that the resident's choice leaves out.
 */
hidden?: boolean, 
/**
 * All of these words occur.
 */
search?: string, 
/**
 * Expired ones too.
 */
all?: boolean, 
/**
 * At most so many.
 */
limit?: number, 
/**
 * Older than the notice with this id.
 */
before?: string, };

/**
 * A notice in a list.
 */
export type NoticeRow = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its title.
 */
title: string, 
/**
 * A sentence or two.
 */
summary?: string, 
/**
 * The language of both: that of the settings where the town has it.
 */
lang: string, 
/**
 * Codes of what it is about.
 */
segments: Array<string>, 
/**
 * Who speaks.
 */
department: string, 
/**
 * When it became public.
 */
published: Moment, 
/**
 * Until when it is current.
 */
expires: Moment | null, 
/**
 * Does it want attention today?
 */
urgent: boolean, 
/**
 * Did the town take it back?
 */
withdrawn: boolean, 
/**
 * Has the resident read it?
 */
read: boolean, 
/**
 * Has the resident put it by?
 */
saved: boolean, };

/**
 * A fact that is open.
 */
export type Open = { 
/**
 * Its name in the rules.
 */
fact: string, 
/**
 * Whose, by their place in the household; none: the household's.
 */
person: number | null, };

/**
 * An order of places.
 */
export type OrderMyPlaces = { 
/**
 * Their ids.
 */
ids: Array<string>, };

/**
 * A program's answer for the household or a person, with its reasons.
 */
export type Outcome = { 
/**
 * Their place in the household; none: the household's.
 */
person: number | null, 
/**
 * Their name; empty for the household.
 */
name: string, 
/**
 * Is it for them?
 */
verdict: Verdict, 
/**
 * How much.
 */
amount: Amount | null, 
/**
 * What is required.
 */
requires: Array<Required>, 
/**
 * Why: a tree for each requirement, and one for the amount.
 */
reasons: Array<Step>, 
/**
 * Single changes that would make it theirs.
 */
changes: Array<FactChange>, 
/**
 * The last days to ask for it.
 */
deadlines: Array<Deadline>, 
/**
 * What would settle it.
 */
questions: Array<Question>, };

/**
 * What came of fetching packs.
 */
export type PackReport = { 
/**
 * Packs that came.
 */
fetched: number, 
/**
 * Packs that are here as the town has them now.
 */
ready: number, 
/**
 * Packs that are not, or only an earlier version of them.
 */
missing: number, 
/**
 * Those of them that only a newer app reads. They are not asked for, and that is no error.
 */
newer: number, 
/**
 * Requests sent.
 */
requests: number, 
/**
 * Bytes of bodies as they came over the wire.
 */
bytes: number, 
/**
 * Why the first of those did not come.
 */
error?: ErrorReport, 
/**
 * The room that is needed, where there is too little.
 */
room?: Room, };

/**
 * A pack.
 */
export type PackShown = { 
/**
 * Is it on this phone?
 */
ready: boolean, 
/**
 * Its size unpacked.
 */
bytes: number, };

/**
 * For what time an amount is.
 */
export type Per = "once" | "day" | "month" | "year";

/**
 * One of the household. Others refer to them by their name.
 */
export type Person = { name: string, facts: { [key in string]: FactValue }, };

/**
 * An answer for one person.
 */
export type PersonAnswer = { 
/**
 * Their place in the household; none: the household's.
 */
person: number | null, 
/**
 * Their name; empty for the household.
 */
name: string, 
/**
 * Is it for them?
 */
verdict: Verdict, 
/**
 * How much.
 */
amount: Amount | null, };

/**
 * A place. What the town did not say is absent.
 */
export type Place = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its kind.
 */
kind: string, 
/**
 * The Japanese name of its kind.
 */
kind_name: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Its reading in kana.
 */
kana?: string, 
/**
 * Its name in English.
 */
name_en?: string, 
/**
 * Finer kind in the town's words.
 */
category?: string, 
/**
 * Its address.
 */
address?: string, 
/**
 * Building or floor.
 */
building?: string, 
/**
 * Where it is.
 */
position?: At, 
/**
 * Telephone.
 */
phone?: string, 
/**
 * Web page.
 */
url?: string, 
/**
 * When it is open.
 */
hours?: Hours, 
/**
 * The dangers from which it is safe, or in which it opens.
 */
valid_for: Array<Hazard>, 
/**
 * How many people it takes in.
 */
capacity?: number, 
/**
 * Whether the town says that it is open as a shelter.
 */
status?: ShelterStatus, 
/**
 * What it is.
 */
description?: string, 
/**
 * Everything else that the town says of it: names and values.
 */
details: Array<[string, string]>, 
/**
 * The file it comes from.
 */
from?: Source, };

/**
 * A kind of place that the town has.
 */
export type PlaceKind = { 
/**
 * Its code, or the name of the town's own layer.
 */
kind: string, 
/**
 * Its Japanese name.
 */
name: string, 
/**
 * How many there are.
 */
places: number, };

/**
 * Places.
 */
export type PlaceList = { 
/**
 * By distance where that was asked, else in the town's order.
 */
rows: Array<PlaceRow>, 
/**
 * Are there more?
 */
more: boolean, };

/**
 * Which places. Everything that is set must hold.
 */
export type PlaceQuery = { 
/**
 * Of this kind.
 */
kind?: string, 
/**
 * Nearest to here first; what has no position is left out.
 */
near?: Point, 
/**
 * All of these words occur.
 */
search?: string, 
/**
 * At most so many.
 */
limit?: number, };

/**
 * What a place is to the resident.
 */
export type PlaceRole = "home" | "work" | "school" | "parents" | "other";

/**
 * The shape of [`places::PlaceRow`].
 */
export type PlaceRow = { id: string, kind: string, name: string, lat: number | null, lon: number | null, distance_m: number | null, approximate?: boolean, category?: string, address?: string, valid_for?: Array<Hazard>, };

/**
 * A point on the earth, in degrees.
 */
export type Point = { 
/**
 * North positive.
 */
lat: number, 
/**
 * East positive.
 */
lon: number, };

/**
 * A program with its reasons.
 */
export type ProgramDetail = { 
/**
 * The answer.
 */
row: ProgramRow, 
/**
 * One for the household, or one for each person.
 */
outcomes: Array<Outcome>, 
/**
 * What to bring.
 */
documents: Array<string>, 
/**
 * Where to ask.
 */
counter: string | null, 
/**
 * The form's address.
 */
apply: string | null, 
/**
 * Months in which it is paid.
 */
paymentMonths: Array<number>, 
/**
 * Law articles.
 */
articles: Array<string>, 
/**
 * Where it and its figures come from.
 */
sources: Array<RuleSource>, 
/**
 * What is not verified.
 */
unverified: Array<string>, 
/**
 * What the rules lack for this household: `no-row: …`, for whoever writes rules.
 */
notes: Array<string>, 
/**
 * When in life it matters.
 */
events: Array<string>, };

/**
 * Which program, for whom and when.
 */
export type ProgramQuery = { 
/**
 * `ja`, `ja-easy` or `en`; any other is `ja`.
 */
lang?: string | null, 
/**
 * Its name in the rules.
 */
program: string, 
/**
 * The day; today when none is said.
 */
on?: string | null, 
/**
 * Another household than the one that is kept.
 */
whatIf?: Household | null, };

/**
 * A program with its answer.
 */
export type ProgramRow = { 
/**
 * Its name in the rules.
 */
program: string, 
/**
 * How residents call it.
 */
title: string, 
/**
 * What it is.
 */
summary: string | null, 
/**
 * 手当, 給付, 貸付, 減免, 年金, …
 */
kind: string | null, 
/**
 * The best for anybody.
 */
verdict: Verdict, 
/**
 * What it comes to for all together; what is not sure counts from nothing.
 */
amount: Amount | null, 
/**
 * The amount in words, where no number says it.
 */
prose: string | null, 
/**
 * For whom; the household as a whole is one without a number.
 */
people: Array<PersonAnswer>, 
/**
 * The next last day to ask for it that has not passed.
 */
nextDeadline: Deadline | null, 
/**
 * Is something of it not verified?
 */
unverified: boolean, 
/**
 * Do the rules lack a figure or a row for this household?
 */
gaps: boolean, 
/**
 * Does the resident receive it already?
 */
received: boolean, 
/**
 * What they can have and that excludes this one.
 */
excludedBy: Array<NamedProgram>, 
/**
 * How many facts would settle it.
 */
openCount: number, 
/**
 * Is it to be paid back?
 */
loan: boolean, };

/**
 * All programs for a household.
 */
export type ProgramsAnswer = { 
/**
 * The day: `2026-11-26`.
 */
on: string, 
/**
 * Was there a household to ask about?
 */
hasHousehold: boolean, 
/**
 * The programs.
 */
groups: Groups, 
/**
 * What they come to.
 */
total: Total, 
/**
 * What to ask next, what settles most first.
 */
questions: Array<Question>, 
/**
 * What may happen in life, of all programs.
 */
events: Array<string>, 
/**
 * The town's programs in words that may concern the household.
 */
town: InWords, 
/**
 * What is different from the household that is kept.
 */
changes: Array<Changed>, };

/**
 * For whom and when.
 */
export type ProgramsQuery = { 
/**
 * `ja`, `ja-easy` or `en`; any other is `ja`.
 */
lang?: string | null, 
/**
 * The day; today when none is said.
 */
on?: string | null, 
/**
 * Another household than the one that is kept.
 */
whatIf?: Household | null, 
/**
 * Only programs for this that happens in life.
 */
event?: string | null, };

/**
 * At what a sync is.
 */
export type ProgressKind = "checking" | "begun" | "got" | "fetched" | "storing" | "done";

/**
 * A question that would settle something.
 */
export type Question = { 
/**
 * What to ask, and of whom.
 */
open: Open, 
/**
 * Whose; empty for the household.
 */
name: string, 
/**
 * How it is asked.
 */
shape: FactShape, 
/**
 * What hangs on it, most yen first.
 */
programs: Array<NamedProgram>, 
/**
 * How many yen a year hang on it.
 */
yenPerYear: string, };

/**
 * How far a sync came.
 */
export type Reach = "ok" | "offline" | "unreachable";

/**
 * Something required.
 */
export type Required = { 
/**
 * In words.
 */
text: string, 
/**
 * Is it there?
 */
verdict: Verdict, 
/**
 * Where the law says so.
 */
articles: Array<string>, };

/**
 * The room that packs need.
 */
export type Room = { 
/**
 * Bytes that have to be free for all that is still to come.
 */
needed: number, 
/**
 * Bytes that are; none where nobody can tell.
 */
free: number | null, };

/**
 * Where a rule comes from.
 */
export type RuleSource = { 
/**
 * The law or page.
 */
text: string, 
/**
 * Its address.
 */
url: string | null, 
/**
 * The day on which it was compared.
 */
checked: string | null, };

/**
 * A bound of the data, and whom it rules out.
 */
export type RuledOutFor = { 
/**
 * Whom; none: everybody.
 */
name: string | null, 
/**
 * By what.
 */
by: "age" | "area" | "closed" | "over", 
/**
 * Of an age: which kind of bound.
 */
bound: "at-least" | "over" | "at-most" | "under" | null, 
/**
 * Years of the age.
 */
years: number | null, 
/**
 * Months of the age, beyond the years.
 */
months: number | null, 
/**
 * Where one must live.
 */
areas: Array<string>, 
/**
 * The last day that it was, or could be asked for.
 */
to: string | null, };

/**
 * An alert that holds now, as far as this phone knows.
 */
export type RunningAlert = { 
/**
 * Its id.
 */
id: string, 
/**
 * 警戒レベル 1 to 5; 0 is 解除.
 */
level: 0 | 1 | 2 | 3 | 4 | 5, 
/**
 * A drill, not the real thing.
 */
drill: boolean, 
/**
 * The danger.
 */
hazard?: Hazard, 
/**
 * Whom it concerns; empty means the whole town.
 */
areas: Array<AlertArea>, 
/**
 * When it was issued.
 */
issued: Moment, 
/**
 * Until when it holds, if the town knows.
 */
valid_until: Moment | null, 
/**
 * Who speaks.
 */
department: string, 
/**
 * The language of `text`.
 */
lang: string, 
/**
 * The town's own words.
 */
text: TextOf, 
/**
 * Where to read on.
 */
link?: string, 
/**
 * Was the town heard within the hour? If not, what changed since is not known here.
 */
fresh: boolean, 
/**
 * Age in seconds of what this phone knows.
 */
age_s: number | null, };

/**
 * A household, whole.
 */
export type SaveHousehold = { 
/**
 * Its facts.
 */
household: Household, 
/**
 * What the resident would rather not tell.
 */
declined: Array<Open>, 
/**
 * Programs that they receive already.
 */
received: Array<string>, };

/**
 * A place to save: without an id a new one.
 */
export type SaveMyPlace = { 
/**
 * Which one it takes the place of.
 */
id?: string, 
/**
 * What it is.
 */
role: PlaceRole, 
/**
 * What the resident calls it.
 */
name: string, 
/**
 * North positive.
 */
lat: number, 
/**
 * East positive.
 */
lon: number, 
/**
 * What the resident noted.
 */
note?: string, };

/**
 * The plan, whole.
 */
export type SaveTimeline = { 
/**
 * Its rows, in their order.
 */
rows: Array<TimelineRow>, };

/**
 * A segment, whether the resident chose it, and how much there is in it.
 */
export type SegmentChoice = { 
/**
 * Its code.
 */
code: string, 
/**
 * The code of the segment of which it is a part.
 */
parent?: string, 
/**
 * Is it chosen? When none is, all are shown.
 */
chosen: boolean, 
/**
 * How many notices are filed under it or a part of it now.
 */
notices: number, };

/**
 * One date of an event.
 */
export type Session = { 
/**
 * Its id.
 */
id: string, 
/**
 * Begins.
 */
starts: Moment, 
/**
 * Ends.
 */
ends: Moment | null, 
/**
 * No time of day was given.
 */
all_day: boolean, 
/**
 * It has ended, or its day has where the town gives no end.
 */
over: boolean, 
/**
 * How many places there are.
 */
capacity?: number, };

/**
 * What is to be set; the rest stays as it is.
 */
export type SetSettings = { 
/**
 * The language.
 */
language?: Language, 
/**
 * The size of text, in percent.
 */
text_size?: TextSize, 
/**
 * Light or dark.
 */
theme?: Theme, 
/**
 * Is the country's map fetched? Switched off, what came of it goes.
 */
online_map?: boolean, };

/**
 * All settings.
 */
export type Settings = { 
/**
 * The language.
 */
language: Language, 
/**
 * The size of text, in percent.
 */
text_size: TextSize, 
/**
 * Light or dark.
 */
theme: Theme, 
/**
 * Is the country's map (地理院タイル) fetched, and laid under the zones?
 */
online_map: boolean, };

/**
 * What the town's list of open shelters says of one.
 */
export type ShelterStatus = { 
/**
 * It is open. Closed ones are told as closed; of what no list names nothing is told.
 */
open: boolean, 
/**
 * How many people are in it.
 */
people: number | null, 
/**
 * How many it takes in, indoors.
 */
capacity: number | null, 
/**
 * How full it is.
 */
crowding: Crowding, 
/**
 * As of when. Nothing of this is told without.
 */
as_of: Moment, 
/**
 * Not older than a day. What is older counts for nothing and is told as old.
 */
current: boolean, };

/**
 * Which event.
 */
export type ShowEvent = { 
/**
 * Its id.
 */
id: string, };

/**
 * Which notice, and in which language.
 */
export type ShowNotice = { 
/**
 * Its id.
 */
id: string, 
/**
 * A language tag; without it the language of the settings.
 */
lang?: string, };

/**
 * Which place.
 */
export type ShowPlace = { 
/**
 * Its id.
 */
id: string, };

/**
 * A place to go to.
 */
export type Site = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * North positive.
 */
lat: number, 
/**
 * East positive.
 */
lon: number, 
/**
 * As the crow flies.
 */
distance_m: number, 
/**
 * In which direction; none where one stands.
 */
heading: Heading | null, 
/**
 * The way on foot.
 */
way: Way | null, 
/**
 * It lies in a zone of this very danger.
 */
inside: InsideOf | null, 
/**
 * What the town's list of open shelters says of it.
 */
status?: ShelterStatus, };

/**
 * Where to go.
 */
export type Sites = { 
/**
 * 指定緊急避難場所: to flee to. The shortest dry way first, what lies in a zone last; from a tsunami, what is reached first.
 */
sites: Array<Site>, 
/**
 * 指定避難所: to stay at afterwards. Those that the town says are open come first, be they designated or not.
 */
shelters: Array<Site>, 
/**
 * The hour of the town's newest list of open shelters, where it is not old.
 */
open_as_of?: Moment, 
/**
 * Is there a walking graph here? Without one distances are as the crow flies.
 */
ways_known: boolean, };

/**
 * From where, and from what.
 */
export type SitesQuery = { 
/**
 * North positive.
 */
lat: number, 
/**
 * East positive.
 */
lon: number, 
/**
 * What one flees from.
 */
hazard: Hazard, 
/**
 * At most so many.
 */
limit?: number, };

/**
 * Something that comes soon.
 */
export type Soon = { 
/**
 * What it is.
 */
kind: SoonKind, 
/**
 * The event's id.
 */
id: string, 
/**
 * The event's title.
 */
title: string, 
/**
 * When.
 */
moment: Moment, 
/**
 * No time of day was given.
 */
all_day: boolean, 
/**
 * Where.
 */
place?: string, };

/**
 * What comes soon.
 */
export type SoonKind = "event" | "deadline";

/**
 * Where something comes from, for attribution.
 */
export type Source = { file: string, title?: string, provider?: string, license?: string, updated?: string, };

/**
 * A spot that was found.
 */
export type SpotFound = { 
/**
 * As what.
 */
kind: SpotKind, 
/**
 * Its id there.
 */
id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * North positive.
 */
lat: number, 
/**
 * East positive.
 */
lon: number, };

/**
 * What a spot was found as.
 */
export type SpotKind = "saved" | "block" | "place";

/**
 * What was typed.
 */
export type SpotQuery = { 
/**
 * An address, or the name of a place.
 */
q: string, };

/**
 * A spot.
 */
export type SpotShown = { 
/**
 * North positive.
 */
lat: number, 
/**
 * East positive.
 */
lon: number, 
/**
 * The nearest block.
 */
block: NearBlock | null, 
/**
 * Does it lie in the town? None where the town does not say how far it goes.
 */
in_town: boolean | null, };

/**
 * A step of the reasons. What is not known has no value, but what it may be; nothing at all where it may be anything.
 */
export type Step = { 
/**
 * What it is.
 */
kind: StepKind, 
/**
 * Its name in the rules, where it has one.
 */
name: string | null, 
/**
 * Its name for residents.
 */
label: string | null, 
/**
 * Whose, by their place in the household.
 */
person: number | null, 
/**
 * For what holds or does not.
 */
verdict: Verdict | null, 
/**
 * In words or digits.
 */
value: string | null, 
/**
 * Not below this.
 */
low: string | null, 
/**
 * Not above this.
 */
high: string | null, 
/**
 * One of these words; for a set: these words.
 */
words: Array<string>, 
/**
 * `yen`, `yen-a-month`, `years`, `date`, … of a number.
 */
unit: string | null, 
/**
 * The day from which a figure holds.
 */
since: string | null, 
/**
 * Where the law says so.
 */
articles: Array<string>, 
/**
 * What it is made of.
 */
below: Array<Step>, };

/**
 * What a step of the reasons is.
 */
export type StepKind = "all" | "any" | "not" | "less" | "at-most" | "same" | "fact" | "definition" | "figure" | "table" | "people" | "fixed" | "formula";

/**
 * Sizes in bytes.
 */
export type Storage = { 
/**
 * Content of all towns, and tiles of the country's map: can be thrown away and fetched again.
 */
cache_bytes: number, 
/**
 * What is the resident's own.
 */
private_bytes: number, };

/**
 * Whose word a layer is.
 */
export type SurveySource = { 
/**
 * The file's title.
 */
title: string | null, 
/**
 * Who made the survey.
 */
provider: string | null, 
/**
 * In which year.
 */
survey_year: number | null, 
/**
 * The licence.
 */
license: string | null, };

/**
 * What a sync is doing.
 */
export type SyncProgress = { 
/**
 * At what it is.
 */
kind: ProgressKind, 
/**
 * The collection's path.
 */
collection?: string, 
/**
 * Bytes of it that are here.
 */
bytes?: number, 
/**
 * Bytes to fetch for it.
 */
total?: number, };

/**
 * What the device knows of its network.
 */
export type SyncQuery = { 
/**
 * Does it cost by the byte?
 */
metered?: boolean, };

/**
 * What a sync brought.
 */
export type SyncResult = { 
/**
 * The town.
 */
town: string, 
/**
 * Did it answer?
 */
reach: Reach, 
/**
 * Is what is here what the town stands by now?
 */
fresh: boolean, 
/**
 * Age of what is here, in seconds; none when nothing is here yet.
 */
age_s: number | null, 
/**
 * Requests sent.
 */
requests: number, 
/**
 * Bytes of bodies as they came over the wire, of every request.
 */
bytes: number, 
/**
 * Records added, changed or gone, by collection.
 */
changed: Record<string, number>, 
/**
 * What came of the packs, where they were looked after.
 */
packs?: PackReport, 
/**
 * Why a date is in doubt.
 */
doubt?: Doubt, 
/**
 * What was refused. What was there before is still there.
 */
error?: ErrorReport, };

/**
 * Words in one language.
 */
export type TextOf = { 
/**
 * The title.
 */
title: string, 
/**
 * A sentence or two.
 */
summary?: string, 
/**
 * The body.
 */
body: Array<Block>, };

/**
 * The size of text, in percent.
 */
export type TextSize = 100 | 115 | 130 | 160 | 200;

/**
 * Light or dark.
 */
export type Theme = "auto" | "light" | "dark";

/**
 * A document of a program's.
 */
export type TickDocument = { 
/**
 * The program: its name in the rules, or what its checklist is called.
 */
program: string, 
/**
 * The document, as it is shown.
 */
document: string, 
/**
 * Is it at hand?
 */
ticked: boolean, };

/**
 * The family's plan.
 */
export type Timeline = { 
/**
 * Its rows, in their order.
 */
rows: Array<TimelineRow>, 
/**
 * Was it ever kept?
 */
kept: boolean, 
/**
 * What stands in the way of keeping or reading it.
 */
locked: Locked | null, };

/**
 * One thing that someone does.
 */
export type TimelineRow = { 
/**
 * Its id, made by the screen.
 */
id: string, 
/**
 * 警戒レベル, 1 to 5.
 */
level: number, 
/**
 * Who does it; empty: everyone.
 */
who: string, 
/**
 * What.
 */
what: string, };

/**
 * A link with its name; none where the town gives the address alone.
 */
export type TitledLink = { 
/**
 * Its name.
 */
title: string | null, 
/**
 * Its address.
 */
href: string, };

/**
 * What counts today.
 */
export type Today = { 
/**
 * The town.
 */
town: TownName, 
/**
 * The present moment.
 */
now: Moment, 
/**
 * How old the content is.
 */
age: Age, 
/**
 * Alerts that hold now.
 */
alerts: Array<RunningAlert>, 
/**
 * What is collected in the next days.
 */
garbage: Garbage, 
/**
 * Places of the resident's own where the map of hazards has changed.
 */
changed_places: Array<ChangedPlace>, 
/**
 * Is a household kept, readable or not? What is new for it is asked by itself: the first screen does not wait for the rules.
 */
household: boolean, 
/**
 * What comes soon.
 */
soon: Array<Soon>, 
/**
 * The newest notices that were not read.
 */
new_notices: Array<NoticeRow>, 
/**
 * How many notices were not read.
 */
unread: number, 
/**
 * How many were put by.
 */
saved: number, };

/**
 * What programs come to. Loans are not in it; of programs that exclude each other only as many as can be had together.
 */
export type Total = { 
/**
 * In a year; what is paid once counts once.
 */
perYear: Amount, 
/**
 * Programs that it leaves out because no number for a year is known.
 */
uncertain: number, };

/**
 * A town that was joined.
 */
export type Town = { 
/**
 * Its code.
 */
code: string, 
/**
 * Its name; empty until its content came for the first time.
 */
name: string, 
/**
 * Its prefecture; none for a sample town.
 */
prefecture: string | null, 
/**
 * Where its bundle lies.
 */
url: string, 
/**
 * Does someone other than its own address vouch for it? (Nobody does yet.)
 */
confirmed: boolean, 
/**
 * Is it the one that is meant?
 */
in_use: boolean, };

/**
 * A town by its name.
 */
export type TownName = { 
/**
 * Its code.
 */
code: string, 
/**
 * Its name; empty until its content came.
 */
name: string, };

/**
 * Which of the town's programs in words, and when.
 */
export type TownProgramQuery = { 
/**
 * `ja`, `ja-easy` or `en`; any other is `ja`.
 */
lang?: string | null, 
/**
 * Its id in the town's content.
 */
id: string, 
/**
 * The day; today when none is said.
 */
on?: string | null, };

/**
 * Which of the town's programs in words. Everything that is set must hold.
 */
export type TownProgramsQuery = { 
/**
 * `ja`, `ja-easy` or `en`; any other is `ja`.
 */
lang?: string | null, 
/**
 * The code of a subject: filed under it or a part of it.
 */
segment?: string | null, 
/**
 * What happens in life.
 */
event?: string | null, 
/**
 * All of these words occur.
 */
search?: string | null, 
/**
 * At most so many.
 */
limit?: number | null, };

/**
 * Which town.
 */
export type TownQuery = { 
/**
 * Its code.
 */
code: string, };

/**
 * The towns that were joined.
 */
export type Towns = { 
/**
 * In order of joining.
 */
towns: Array<Town>, };

/**
 * The same household in several towns.
 */
export type TownsCompared = { 
/**
 * As asked.
 */
towns: Array<ComparedTown>, 
/**
 * Every program.
 */
rows: Array<ComparedRow>, };

/**
 * Which towns, and when.
 */
export type TownsQuery = { 
/**
 * `ja`, `ja-easy` or `en`; any other is `ja`.
 */
lang?: string | null, 
/**
 * The day; today when none is said.
 */
on?: string | null, 
/**
 * Two or three.
 */
towns: Array<NamedTown>, };

/**
 * An event without a date.
 */
export type UndatedEvent = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its title.
 */
title: string, 
/**
 * When, in the town's words.
 */
when?: string, 
/**
 * Where.
 */
place?: string, 
/**
 * Codes of what it is about.
 */
segments: Array<string>, };

/**
 * Is a program for someone?
 */
export type Verdict = "eligible" | "unknown" | "not-eligible";

/**
 * When packs are wanted.
 */
export type WantMaps = { 
/**
 * When.
 */
maps: Maps, };

/**
 * A way on foot.
 */
export type Way = { 
/**
 * Its length.
 */
distance_m: number, 
/**
 * At 80 m a minute.
 */
minutes: number, 
/**
 * Longitude and latitude.
 */
points: Array<[number, number]>, 
/**
 * In words.
 */
legs: Array<Leg>, 
/**
 * Metres through a zone that could not be avoided.
 */
wet_m: number, 
/**
 * Were all zones of this danger known? Else a way without wet metres is not to be called dry.
 */
zones_known: boolean, };

/**
 * A word to choose.
 */
export type Word = { 
/**
 * As it is kept.
 */
word: string, 
/**
 * As it is shown.
 */
label: string, };

/** Every command: its arguments and its result. */
export interface Commands {
  towns: { args: Record<string, never>; result: Towns };
  use_town: { args: TownQuery; result: Towns };
  leave_town: { args: TownQuery; result: Towns };
  age: { args: Record<string, never>; result: Age };
  today: { args: Record<string, never>; result: Today };
  notices: { args: NoticeQuery; result: NoticeList };
  notice: { args: ShowNotice; result: NoticeAnswer };
  mark: { args: MarkNotice; result: Marked };
  segments: { args: Record<string, never>; result: Array<SegmentChoice> };
  choose_segments: { args: ChooseSegments; result: Array<SegmentChoice> };
  alerts: { args: Record<string, never>; result: Array<RunningAlert> };
  kinds: { args: Record<string, never>; result: Array<PlaceKind> };
  places: { args: PlaceQuery; result: PlaceList };
  place: { args: ShowPlace; result: Place };
  counter: { args: Record<string, never>; result: Counter };
  events: { args: EventQuery; result: EventList };
  event: { args: ShowEvent; result: Event };
  garbage_areas: { args: Record<string, never>; result: Array<GarbageArea> };
  choose_garbage_area: { args: ChooseGarbageArea; result: Array<GarbageArea> };
  garbage: { args: GarbageQuery; result: Garbage };
  garbage_item: { args: GarbageItemQuery; result: Array<GarbageItem> };
  household_facts: { args: FactsQuery; result: HouseholdFacts };
  household: { args: Record<string, never>; result: HouseholdState };
  save_household: { args: SaveHousehold; result: HouseholdState };
  tick_document: { args: TickDocument; result: HouseholdState };
  delete_household: { args: Record<string, never>; result: HouseholdState };
  programs: { args: ProgramsQuery; result: ProgramsAnswer };
  program: { args: ProgramQuery; result: ProgramDetail };
  benefit_news: { args: FactsQuery; result: BenefitNews };
  benefits_seen: { args: BenefitsSeen; result: BenefitNews };
  compare_towns: { args: TownsQuery; result: TownsCompared };
  town_programs: { args: TownProgramsQuery; result: InWordsList };
  town_program: { args: TownProgramQuery; result: InWordsDetail };
  map: { args: Record<string, never>; result: MapShown };
  find_spot: { args: SpotQuery; result: Array<SpotFound> };
  set_maps: { args: WantMaps; result: MapShown };
  hazard_at: { args: HazardQuery; result: HazardAt };
  sites: { args: SitesQuery; result: Sites };
  my_places: { args: Record<string, never>; result: MyPlaces };
  save_my_place: { args: SaveMyPlace; result: MyPlaces };
  delete_my_place: { args: MyPlaceQuery; result: MyPlaces };
  order_my_places: { args: OrderMyPlaces; result: MyPlaces };
  forget_my_places: { args: Record<string, never>; result: MyPlaces };
  hazard_card: { args: MyPlaceQuery; result: HazardCard };
  timeline: { args: Record<string, never>; result: Timeline };
  save_timeline: { args: SaveTimeline; result: Timeline };
  forget_timeline: { args: Record<string, never>; result: Timeline };
  settings: { args: Record<string, never>; result: Settings };
  set_settings: { args: SetSettings; result: Settings };
  storage: { args: Record<string, never>; result: Storage };
  forget_cache: { args: Record<string, never>; result: Storage };
  about: { args: Record<string, never>; result: About };
  join: { args: JoinQuery; result: JoinResult };
  sync: { args: SyncQuery; result: SyncResult };
  fetch_packs: { args: Record<string, never>; result: PackReport };
  attachment: { args: AttachmentQuery; result: AttachmentFile };
}

/** The name of a command. */
export type Command = keyof Commands;
