import type { IncomingHttpHeaders } from 'node:http';
import { describe, expect, it } from 'vitest';

import { type AccessRules, judgeHeaders } from '../../../../main/daemon/api/access.ts';

const TOKEN = 'a-token-of-this-daemon';
const rules: AccessRules = {
  port: 8085,
  token: TOKEN,
  knownToken: () => null,
  authMode: 'same-user',
  openTo: 'nobody',
};
const host = '127.0.0.1:8085';
const authorization = `Bearer ${TOKEN}`;

const judge = (headers: IncomingHttpHeaders, changed: Partial<AccessRules> = {}) => {
  const judged = judgeHeaders(headers, { ...rules, ...changed });
  return judged.ok ? judged.value.kind : judged.error.code;
};

describe('what headers prove', () => {
  it.each(['127.0.0.1:8085', 'localhost:8085', 'LOCALHOST:8085', '[::1]:8085'])('HTTP-1: Host %s is ours', (name) => {
    expect(judge({ host: name })).toBe('peer-needed');
  });

  it.each([
    undefined,
    '',
    'evil.example',
    'evil.example:8085',
    '127.0.0.1',
    '127.0.0.1:8086',
    '127.0.0.1:80850',
    '127.0.0.2:8085',
    '0.0.0.0:8085',
    '127.1:8085',
    '2130706433:8085',
    '[::]:8085',
    '::1:8085',
    'localhost.:8085',
    'localhost.evil.example:8085',
    'a@127.0.0.1:8085',
    '127.0.0.1:8085, evil.example',
    ' 127.0.0.1:8085',
  ])('HTTP-1: Host %j is not ours, token or not', (name) => {
    const named = name === undefined ? {} : { host: name };
    expect(judge(named)).toBe('forbidden_host');
    expect(judge({ ...named, authorization })).toBe('forbidden_host');
  });

  it('HTTP-1: the port may be left out where it is the usual one', () => {
    expect(judge({ host: 'localhost' }, { port: 80 })).toBe('peer-needed');
    expect(judge({ host: 'localhost', origin: 'http://localhost', authorization }, { port: 80 })).toBe('token');
  });

  it.each([
    'null',
    '',
    'http://evil.example',
    'https://127.0.0.1:8085',
    'http://127.0.0.1:8086',
    'http://127.0.0.1',
    'http://127.0.0.1:8085.evil.example',
    'http://127.0.0.1:8085/',
    'http://127.0.0.1:8085, http://evil.example',
    'file://',
    'app://ui',
  ])('HTTP-2: Origin %j is not ours, token or not', (origin) => {
    expect(judge({ host, origin })).toBe('forbidden_origin');
    expect(judge({ host, origin, authorization })).toBe('forbidden_origin');
  });

  it.each(['http://127.0.0.1:8085', 'http://localhost:8085', 'http://[::1]:8085'])(
    'HTTP-2, HTTP-5: Origin %s is ours and still needs the token',
    (origin) => {
      expect(judge({ host, origin, authorization })).toBe('token');
      expect(judge({ host, origin })).toBe('unauthorized');
    },
  );

  it.each(['cross-site', 'same-site', 'SAME-ORIGIN', 'anything'])('HTTP-3: Sec-Fetch-Site %s is not ours', (site) => {
    expect(judge({ host, 'sec-fetch-site': site })).toBe('forbidden_origin');
    expect(judge({ host, 'sec-fetch-site': site, authorization })).toBe('forbidden_origin');
  });

  it.each(['sec-fetch-site', 'sec-fetch-mode', 'sec-fetch-dest', 'sec-fetch-user', 'sec-fetch-something-new'])(
    'HTTP-5: %s gives a browser away, which needs the token',
    (name) => {
      const value = name === 'sec-fetch-site' ? 'none' : 'navigate';
      expect(judge({ host, [name]: value })).toBe('unauthorized');
      expect(judge({ host, [name]: value, authorization })).toBe('token');
    },
  );

  it.each([
    'Bearer',
    'Bearer ',
    'Bearer wrong',
    `Bearer ${TOKEN}x`,
    `Bearer ${TOKEN.slice(0, -1)}`,
    `Bearer ${TOKEN} ${TOKEN}`,
    `Basic ${TOKEN}`,
    TOKEN,
    '',
  ])('HTTP-4: Authorization %j is refused, peer or not', (wrong) => {
    expect(judge({ host, authorization: wrong })).toBe('unauthorized');
  });

  it('HTTP-4: the scheme is read in any case', () => {
    expect(judge({ host, authorization: `bearer  ${TOKEN}` })).toBe('token');
  });

  it('HTTP-5: with auth "token" nobody gets in without it', () => {
    expect(judge({ host }, { authMode: 'token' })).toBe('unauthorized');
    expect(judge({ host, authorization }, { authMode: 'token' })).toBe('token');
  });
});
