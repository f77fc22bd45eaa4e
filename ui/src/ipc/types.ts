// The interface between UI and core. Everything in bindings.ts is written by Rust; here stand only names that suit the UI better.
export type * from './bindings';
export type { Event as EventDetail, Point as Position } from './bindings';
