import { afterEach, describe, expect, it, vi } from 'vitest';
import { CallError } from '../src/ipc/client';
import { httpCarrier } from '../src/ipc/http';

function answers(body: string[], status = 200): void {
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      body.forEach((part) => controller.enqueue(new TextEncoder().encode(part)));
      controller.close();
    },
  });
  vi.stubGlobal('fetch', vi.fn(async () => new Response(stream, { status })));
}

afterEach(() => vi.unstubAllGlobals());

describe('the carrier over HTTP', () => {
  it('reads progress line by line, however it is cut', async () => {
    answers(['{"progress":{"kind":"got","by', 'tes":5}}\n{"progress":{"kind":"storing"}}\n{"resu', 'lt":{"town":"1"}}']);
    const seen: unknown[] = [];
    const result = await httpCarrier().sync((progress) => seen.push(progress));
    expect(seen).toEqual([{ kind: 'got', bytes: 5 }, { kind: 'storing' }]);
    expect(result).toEqual({ town: '1' });
  });
  it('gives the refusal in the stream', async () => {
    answers(['{"error":{"code":"unreachable","message":"x"}}\n']);
    await expect(httpCarrier().sync(() => undefined)).rejects.toMatchObject({ code: 'unreachable' });
  });
  it('does not take an answer that ended early for a good one', async () => {
    answers(['{"progress":{"kind":"got"}}\n']);
    await expect(httpCarrier().sync(() => undefined)).rejects.toBeInstanceOf(CallError);
  });
  it('gives the refusal of a command', async () => {
    answers(['{"error":{"code":"no-notice","message":"x"}}'], 404);
    await expect(httpCarrier().call('notice', {})).rejects.toMatchObject({ code: 'no-notice' });
  });
  it('names the status where the answer is no JSON', async () => {
    answers(['<html>'], 502);
    await expect(httpCarrier().call('notice', {})).rejects.toMatchObject({ code: 'http-502' });
  });
});
