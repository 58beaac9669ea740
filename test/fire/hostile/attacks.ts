import { type Aim, type Attack, missing } from './attack.ts';
import { hasParameter, pathOf, type Route } from './routes.ts';
import { smuggling } from './smuggling.ts';

interface Request {
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

const existingOf =
  ({ existing }: Aim) =>
  (kind: string): string =>
    existing[kind] ?? missing();

/** A request as a well-meaning client writes it, but for what is given. An empty header is left out. */
function write({ route, port, token }: Aim, { path, headers = {}, body }: Request): readonly (string | Uint8Array)[] {
  const usual = { Host: `127.0.0.1:${port}`, Authorization: `Bearer ${token}`, Connection: 'close' };
  const length = body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
  const all = Object.entries({ ...usual, ...length, ...headers }).filter(([, value]) => value !== '');
  const head = [`${route.method} ${path} HTTP/1.1`, ...all.map(([name, value]) => `${name}: ${value}`)].join('\r\n');
  return body === undefined ? [`${head}\r\n\r\n`] : [`${head}\r\n\r\n`, body];
}

const withBody = ({ method }: Route, body: string): { readonly body?: string } =>
  method === 'GET' || method === 'HEAD' ? {} : { body };

/** What a task, a decision, a resolution or a command may hold. */
const EVERY_KEY = {
  id: 'planted',
  goal: 'g',
  action: 'approve',
  as: 'completed',
  reason: 'r',
  digest: 'd',
  timeout_ms: 1,
};

/** Headers that no page can choose freely, and no honest client sends. */
function headerAttack(name: string, variants: readonly Readonly<Record<string, string>>[]): Attack {
  return {
    name,
    shots: (aim) =>
      variants.map((headers) => ({
        bytes: write(aim, {
          path: pathOf(aim.route, existingOf(aim)),
          headers,
          ...withBody(aim.route, JSON.stringify(EVERY_KEY)),
        }),
        mustRefuse: true,
        detail: JSON.stringify(headers),
      })),
  };
}

/** Bodies that no service should ever see. They are aimed at what is not there, so that a refusal is the only right answer. */
function bodyAttack(name: string, bodies: (route: Route) => readonly (string | Uint8Array)[]): Attack {
  return {
    name,
    shots: (aim) =>
      bodies(aim.route).flatMap((body) => {
        const path = pathOf(aim.route, missing);
        const chunked = [`${Number(Buffer.byteLength(body)).toString(16)}\r\n`, body, '\r\n0\r\n\r\n'];
        const mustRefuse = aim.route.readsBody;
        const detail = `${body.length} bytes`;
        const headers = { 'Transfer-Encoding': 'chunked' };
        return [
          { bytes: write(aim, { path, body }), mustRefuse, detail },
          { bytes: [...write(aim, { path, headers }), ...chunked], mustRefuse, detail: `${detail}, chunked` },
        ];
      }),
  };
}

const EVIL_PATHS = [
  '..',
  '..%2f..%2f..%2fetc%2fpasswd',
  '%2e%2e%2f%2e%2e%2fetc%2fpasswd',
  '..%5c..%5cwindows%5cwin.ini',
  '%252e%252e%252fetc%252fpasswd',
  '%2fetc%2fpasswd',
  '....//....//etc/passwd',
  '.codencer%2ftoken',
  'C:%5c',
];

const EVIL_PERCENTS = [
  '%',
  '%zz',
  '%1',
  '%c0%ae%c0%ae',
  '%ff%fe',
  '%ed%a0%80',
  '%u002e',
  '%25%32%65',
  'a'.repeat(5000),
  `${'a'.repeat(129)}`,
];

function pathAttack(name: string, evil: readonly string[]): Attack {
  return {
    name,
    shots: (aim) => {
      const { route } = aim;
      // A run needs no more than an empty body; its id is no list.
      const body = withBody(route, '{"id":[]}');
      const inside = evil.map((text) => ({
        path: pathOf(route, () => text),
        mustRefuse: hasParameter(route),
        detail: text,
      }));
      const behind = evil.map((text) => ({
        path: `${pathOf(route, missing)}/${text}`,
        mustRefuse: false,
        detail: `/${text}`,
      }));
      const asked = evil.map((text) => ({
        path: `${pathOf(route, missing)}?path=${text}&attempt=${text}&after=${text}&limit=${text}&run=${text}&step=${text}`,
        mustRefuse: false,
        detail: `?${text}`,
      }));
      const shown = [...(hasParameter(route) ? inside : []), ...behind, ...asked];
      return (
        shown
          // A path with dot segments is sent to the clean one, on this host.
          .map(({ path, mustRefuse, detail }) => ({
            bytes: write(aim, { path, ...body }),
            mustRefuse: mustRefuse && !/\/\.\.?(?:\/|$)|\/\//.test(path),
            detail,
          }))
      );
    },
  };
}

const halfOpen: Attack = {
  name: 'half-open',
  shots: (aim) => {
    const path = pathOf(aim.route, existingOf(aim));
    const whole = write(aim, { path, headers: { 'Content-Length': '100' } }).join('');
    return [10, Math.floor(whole.length / 2), whole.length].map((length) => ({
      bytes: [whole.slice(0, length)],
      // A body that nobody waits for is not missed.
      mustRefuse: length < whole.length || aim.route.readsBody,
      isHalfClosed: true,
      detail: `${length} bytes and an end`,
    }));
  },
};

const nested = (levels: number): readonly string[] => [
  '['.repeat(levels),
  '{"a":'.repeat(levels),
  `{"goal":"g","context":${'['.repeat(levels)}${']'.repeat(levels)}}`,
];

const twice = `{${Object.entries(EVERY_KEY)
  .flatMap(([key, value]) => [`"${key}":${JSON.stringify(value)}`, `"${key}":[[]]`])
  .join(',')}}`;
const prototypes = `{"__proto__":${JSON.stringify(EVERY_KEY)},"constructor":{"prototype":${JSON.stringify(EVERY_KEY)}},"id":[],"action":[],"as":[],"goal":[],"reason":[]}`;

/** The matrix, but for what takes its time and what takes many connections. */
export const ATTACKS: readonly Attack[] = [
  headerAttack('foreign Origin', [
    { Origin: 'http://evil.example' },
    { Origin: 'null' },
    { Origin: 'http://127.0.0.1:1' },
    { Origin: 'file://' },
    { 'Sec-Fetch-Site': 'cross-site' },
    { 'Sec-Fetch-Site': 'same-site', Authorization: '' },
    {
      Origin: 'http://evil.example',
      Upgrade: 'websocket',
      Connection: 'Upgrade',
      'Sec-WebSocket-Key': 'x',
      'Sec-WebSocket-Version': '13',
    },
  ]),
  {
    name: 'foreign Host',
    shots: (aim) =>
      headerAttack('', [
        { Host: 'evil.example' },
        { Host: `evil.example:${aim.port}` },
        { Host: '127.0.0.1' },
        { Host: `127.0.0.1.evil.example:${aim.port}` },
        { Host: `localhost.:${aim.port}` },
        { Host: `evil@127.0.0.1:${aim.port}` },
        { Host: `127.0.0.1:${aim.port} evil` },
        { Host: `0.0.0.0:${aim.port}` },
      ]).shots(aim),
  },
  headerAttack('wrong token', [
    { Authorization: 'Bearer nonsense' },
    { Authorization: 'Basic YTpi' },
    { Authorization: 'Bearer' },
    { Authorization: `Bearer ${'x'.repeat(8000)}` },
  ]),
  {
    name: 'text/plain of a page',
    shots: (aim) => {
      const headers = { Origin: `http://127.0.0.1:${aim.port}`, 'Content-Type': 'text/plain' };
      const request = {
        path: pathOf(aim.route, existingOf(aim)),
        headers,
        ...withBody(aim.route, JSON.stringify(EVERY_KEY)),
      };
      return [{ bytes: write(aim, request), mustRefuse: aim.route.readsBody, detail: '' }];
    },
  },
  bodyAttack('oversize', ({ bodyLimit }) => ['x'.repeat(bodyLimit + 1)]),
  bodyAttack('deep JSON', () => [...nested(200), ...nested(10_000)]),
  bodyAttack('bad UTF-8', () => [
    Buffer.from('{"goal":"\xff\xfe","id":"\xc3\x28"}', 'latin1'),
    Buffer.from([0xed, 0xa0, 0x80]),
  ]),
  bodyAttack('duplicate keys', () => [twice]),
  bodyAttack('prototype keys', () => [prototypes]),
  bodyAttack('null bytes', () => [
    '{"id":"a\\u0000b","step_id":"a\\u0000","action":"\\u0000","as":"\\u0000","goal":"g","recipe":{"steps":[{"run":"\\u0000"}]}}',
    '\0\0\0\0',
  ]),
  pathAttack('null bytes in a path', ['%00', 'a%00b', '%2500']),
  pathAttack('traversal', EVIL_PATHS),
  pathAttack('percent tricks', EVIL_PERCENTS),
  smuggling,
  halfOpen,
];
