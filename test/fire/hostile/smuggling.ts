import { type Aim, type Attack, missing } from './attack.ts';
import { pathOf } from './routes.ts';

/** A second request inside of the first, for whoever cannot count. */
const smuggled = ({ port, token }: Aim): string =>
  `POST /api/v1/runs HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${token}\r\nContent-Length: 17\r\n\r\n{"id":"smuggled"}`;

const SMUGGLING: Readonly<Record<string, (inner: string) => readonly [headers: string, body: string]>> = {
  'CL and TE': (inner) => ['Content-Length: 6\r\nTransfer-Encoding: chunked', `0\r\n\r\n${inner}`],
  'TE and CL': (inner) => [`Transfer-Encoding: chunked\r\nContent-Length: ${inner.length}`, `0\r\n\r\n${inner}`],
  'two CL': (inner) => [`Content-Length: 0\r\nContent-Length: ${inner.length}`, inner],
  'CL with a sign': (inner) => [`Content-Length: +${inner.length}`, inner],
  'CL in hexadecimal': (inner) => [`Content-Length: 0x${inner.length.toString(16)}`, inner],
  'CL below zero': (inner) => ['Content-Length: -1', inner],
  'CL as a list': (inner) => [`Content-Length: 0, ${inner.length}`, inner],
  'CL beyond all numbers': (inner) => [`Content-Length: ${'9'.repeat(40)}`, inner],
  'unknown TE': (inner) => [`Transfer-Encoding: xchunked\r\nContent-Length: ${inner.length}`, inner],
  'TE twice': (inner) => ['Transfer-Encoding: chunked\r\nTransfer-Encoding: identity', `0\r\n\r\n${inner}`],
  'TE, chunked not last': (inner) => ['Transfer-Encoding: chunked, identity', `0\r\n\r\n${inner}`],
  'a space before the colon': (inner) => [
    `Transfer-Encoding : chunked\r\nContent-Length: ${inner.length}`,
    `0\r\n\r\n${inner}`,
  ],
  'a folded header': (inner) => [
    `X: y\r\n Transfer-Encoding: chunked\r\nContent-Length: ${inner.length}\r\n chunked`,
    inner,
  ],
  'a folded TE': (inner) => ['Transfer-Encoding:\r\n chunked\r\nContent-Length: 6', `0\r\n\r\n${inner}`],
  'a null in a header': (inner) => [`X: a\0b\r\nContent-Length: ${inner.length}`, inner],
  'a CR in a header': (inner) => [`X: a\rContent-Length: 0\r\nContent-Length: ${inner.length}`, inner],
  'a bad chunk size': (inner) => ['Transfer-Encoding: chunked', `zz\r\n${inner}\r\n0\r\n\r\n`],
  'a chunk size beyond all numbers': (inner) => ['Transfer-Encoding: chunked', `ffffffffffffffffff\r\n${inner}`],
  'a chunk size below zero': (inner) => ['Transfer-Encoding: chunked', `-1\r\n${inner}\r\n0\r\n\r\n`],
  'a chunk that is longer than it says': (inner) => ['Transfer-Encoding: chunked', `1\r\n${inner}\r\n0\r\n\r\n`],
};

export const smuggling: Attack = {
  name: 'header smuggling',
  shots: (aim) => {
    const { route, port, token } = aim;
    const head = (path: string) =>
      `${route.method} ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${token}\r\n`;
    const path = pathOf(route, missing);
    const refused = Object.entries(SMUGGLING).map(([detail, make]) => {
      const [headers, body] = make(smuggled(aim));
      // Who does not read the body may have answered before it is seen that it is none.
      const mustRefuse = aim.route.readsBody || !detail.includes('chunk');
      return { bytes: [`${head(path)}${headers}\r\n\r\n${body}`], mustRefuse, detail };
    });
    const bareLines = `${head(path)}X: y\r\n\r\n`.replaceAll('\r\n', '\n');
    return [
      ...refused,
      { bytes: [bareLines], mustRefuse: false, detail: 'lines that end in LF alone' },
      {
        bytes: [`${head(path)}X: a\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n${smuggled(aim)}`],
        mustRefuse: true,
        detail: 'a TE behind a lone LF',
      },
      {
        bytes: [head(path).replace('HTTP/1.1', 'HTTP/9.9').concat('\r\n')],
        mustRefuse: true,
        detail: 'another version',
      },
      { bytes: [head(path).replace(route.method, 'BREW').concat('\r\n')], mustRefuse: true, detail: 'another method' },
      {
        bytes: [
          head(path)
            .replace(path, `http://evil.example${path}`)
            .replace(/Host: [^\r]*/, 'Host: evil.example')
            .concat('\r\n'),
        ],
        mustRefuse: true,
        detail: 'an absolute address',
      },
      {
        bytes: [
          head(path)
            .replace(/Host: [^\r]*\r\n/, '')
            .concat('\r\n'),
        ],
        mustRefuse: true,
        detail: 'no Host',
      },
      {
        bytes: [head(path).concat(`X: ${'x'.repeat(100_000)}\r\n\r\n`)],
        mustRefuse: true,
        detail: 'a header of 100 kB',
      },
      { bytes: [head(path).concat('A: b\r\n'.repeat(5000), '\r\n')], mustRefuse: true, detail: '5,000 headers' },
      {
        bytes: [Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00])],
        mustRefuse: true,
        detail: 'TLS',
        isHalfClosed: true,
      },
    ];
  },
};
