import { describe, expect, it } from 'vitest';
import type { ClientFailure } from '../../../../contract/client/client-failure.ts';
import { err, ok } from '../../../../contract/result.ts';
import { enter } from '../../../../renderer/door/enter.ts';
import { apiBaseOf, instancePathOf } from '../../../../renderer/door/instance-path.ts';
import type { Session } from '../../../../renderer/door/session.ts';
import { takeLinkCode } from '../../../../renderer/door/take-link.ts';

const USED: ClientFailure = { kind: 'refused', status: 401, code: 'unauthorized', message: 'used' };

function ways({ kept = null, given = null }: { kept?: Session | null; given?: Session | null }) {
  let session = kept;
  const asked: string[] = [];
  return {
    asked,
    session: () => session,
    of: (
      code: string | null,
      answer: ReturnType<typeof ok<Session>> | ReturnType<typeof err<ClientFailure>> = err(USED),
    ) => ({
      code,
      keeper: {
        read: () => session,
        keep: (next: Session) => {
          session = next;
        },
        forget: () => {
          session = null;
        },
      },
      exchange: async (sent: string) => {
        asked.push(sent);
        return answer;
      },
      askOtherWindows: async () => {
        asked.push('windows');
        return given;
      },
    }),
  };
}

describe('getting in', () => {
  it('by a link, whose code is sent once', async () => {
    const door = ways({});
    expect(await enter(door.of('code', ok({ token: 'new' })))).toEqual({ kind: 'in', session: { token: 'new' } });
    expect(door.session()).toEqual({ token: 'new' });
    expect(door.asked).toEqual(['code']);
  });

  it('by the session that this window has, asking nobody', async () => {
    const door = ways({ kept: { token: 'kept' } });
    expect(await enter(door.of(null))).toEqual({ kind: 'in', session: { token: 'kept' } });
    expect(door.asked).toEqual([]);
  });

  it('by the session that it has when the link is used up', async () => {
    expect(await enter(ways({ kept: { token: 'kept' } }).of('code'))).toMatchObject({ kind: 'in' });
  });

  it('through another window', async () => {
    const door = ways({ given: { token: 'theirs' } });
    expect(await enter(door.of(null))).toEqual({ kind: 'in', session: { token: 'theirs' } });
    expect(door.session()).toEqual({ token: 'theirs' });
  });

  it('not without a link, and not by one that was used', async () => {
    expect(await enter(ways({}).of(null))).toEqual({ kind: 'no-link' });
    expect(await enter(ways({ given: { token: 'theirs' } }).of('code'))).toEqual({
      kind: 'link-refused',
      failure: USED,
    });
  });
});

describe('the code of a link', () => {
  it.each([
    ['#link=abcdefghijklmnop', 'abcdefghijklmnop', true],
    ['#link=', null, true],
    ['#link=a b', null, true],
    ['#L40', null, false],
    ['', null, false],
  ])('of %s is %s, and leaves the address', (hash, code, isReplaced) => {
    const replaced: unknown[] = [];
    const location = { hash, pathname: '/i/x/runs', search: '?q=1' } as Location;
    const history = { replaceState: (...args: unknown[]) => void replaced.push(args) } as unknown as History;
    expect(takeLinkCode(location, history)).toBe(code);
    expect(replaced).toEqual(isReplaced ? [[null, '', '/i/x/runs?q=1']] : []);
  });
});

describe('the instance of an address', () => {
  it.each([
    ['/i/web-shop/runs/r1', '/i/web-shop'],
    ['/i/web-shop', '/i/web-shop'],
    ['/i/../x', ''],
    ['/runs', ''],
  ])('of %s is %s', (pathname, path) => expect(instancePathOf(pathname)).toBe(path));

  it('has its API at the origin in a browser, and below its own path in the app', () => {
    const pathname = '/i/a/runs';
    expect(apiBaseOf({ protocol: 'http:', origin: 'http://127.0.0.1:8085', pathname })).toBe('http://127.0.0.1:8085');
    expect(apiBaseOf({ protocol: 'app:', origin: 'null', pathname })).toBe('app://ui/i/a');
  });
});
