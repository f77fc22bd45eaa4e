import { CallError, type Carrier } from './client';
import type { JoinResult, PackReport, SyncProgress, SyncResult } from './types';

type Line = { progress?: SyncProgress; result?: unknown; error?: { code: string; message: string } };

/** The token of this run: given once in the address (`?token=`), then kept by the tab. */
function token(): string {
  const given = new URLSearchParams(location.search).get('token');
  if (given) {
    sessionStorage.setItem('token', given);
    return given;
  }
  return sessionStorage.getItem('token') ?? '';
}

/** An answer as it is, or the refusal that it brings. */
async function answered(response: Response): Promise<Response> {
  if (response.ok) return response;
  const { error } = (await response.json().catch(() => ({}))) as Line;
  throw new CallError(error?.code ?? `http-${response.status}`, error?.message ?? response.statusText);
}

/** The carrier to `resident serve-ui` on this machine. */
export function httpCarrier(): Carrier {
  const secret = token();
  const post = async (command: string, args: unknown, accept = 'application/json'): Promise<Response> => {
    const response = await fetch(`/ipc/${command}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept, 'x-madoguchi-token': secret },
      body: JSON.stringify(args),
    });
    return answered(response);
  };
  const streamed = async (command: string, args: unknown, onProgress: (progress: SyncProgress) => void): Promise<unknown> => {
    for await (const line of lines(await post(command, args, 'application/x-ndjson'))) {
      if (line.progress) onProgress(line.progress);
      if (line.error) throw new CallError(line.error.code, line.error.message);
      if (line.result) return line.result;
    }
    throw new CallError('carrier', 'the answer ended early');
  };
  const bytes = async (path: string, wanted: Record<string, string | number>): Promise<Uint8Array> => {
    const query = new URLSearchParams(Object.entries(wanted).map(([name, value]) => [name, String(value)]));
    return new Uint8Array(await (await answered(await fetch(`${path}?${query}`, { headers: { 'x-madoguchi-token': secret } }))).arrayBuffer());
  };
  return {
    tile: (source, z, x, y) => bytes('/tile', { source, z, x, y }),
    gsiTile: (z, x, y) => bytes('/gsi-tile', { z, x, y }),
    call: async (command, args) => (await post(command, args)).json(),
    sync: async (onProgress) => (await streamed('sync', {}, onProgress)) as SyncResult,
    packs: async (onProgress) => (await streamed('fetch_packs', {}, onProgress)) as PackReport,
    join: async (wanted, onProgress) => (await streamed('join', wanted, onProgress)) as JoinResult,
  };
}

/** The JSON values of a streamed answer, one a line. */
async function* lines(response: Response): AsyncGenerator<Line> {
  const reader = response.body?.getReader();
  if (!reader) return;
  const decoder = new TextDecoder();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    rest += done ? decoder.decode() : decoder.decode(value, { stream: true });
    const parts = rest.split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) if (part.trim()) yield JSON.parse(part) as Line;
    if (done) break;
  }
  if (rest.trim()) yield JSON.parse(rest) as Line;
}
