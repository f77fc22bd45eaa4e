import { vi } from 'vitest';

/** Makes the page one inside the app: what the screens ask the shell for is answered by `answers`, and remembered. */
export function insideApp(answers: Record<string, unknown>) {
  const asked: [string, Record<string, unknown>][] = [];
  const invoke = async (command: string, args: Record<string, unknown> = {}) => {
    asked.push([command, args]);
    if (!(command in answers)) throw `no command ${command}`;
    const answer = answers[command];
    return typeof answer === 'function' ? (answer as (args: unknown) => unknown)(args) : answer;
  };
  vi.stubGlobal('__TAURI_INTERNALS__', { invoke, transformCallback: vi.fn(() => 7), unregisterCallback: vi.fn() });
  const names = () => asked.map(([command]) => command);
  return { asked, names, of: (command: string) => asked.filter(([name]) => name === command).map(([, args]) => args) };
}
