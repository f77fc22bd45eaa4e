import { createServer } from 'node:http';
import { once } from 'node:events';

/** Something on the web that is no town: answers everything with this page. */
export async function elsewhere(body: string, type = 'text/html', status = 200): Promise<{ url: string; close(): void }> {
  const server = createServer((_, answer) => answer.writeHead(status, { 'content-type': type }).end(body));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const at = server.address();
  return { url: `http://127.0.0.1:${typeof at === 'object' ? at?.port : ''}`, close: () => server.close() };
}
