import { expect, test } from 'vitest';
import { statusSentence } from '../../../../renderer/app/status-words.ts';
import { titleOf } from '../../../../renderer/app/titles.ts';

const facts = { location: '/inbox/g1', subject: null, instance: 'web-shop', waiting: 2 };

test.each([
  [facts, '(2) Inbox – web-shop – Codencer'],
  [{ ...facts, waiting: 0, location: '/' }, 'Overview – web-shop – Codencer'],
  [{ ...facts, waiting: 0, location: '/runs/r1', subject: 'checkout-v2' }, 'checkout-v2 – web-shop – Codencer'],
  [{ ...facts, location: '/nowhere', instance: '' }, '(2) Codencer'],
])('of %j the title is "%s"', (one, title) => {
  expect(titleOf(one)).toBe(title);
});

test('what may be old is told with the time from which on it may be', () => {
  const sinceMs = new Date(2026, 10, 22, 14, 2).getTime();
  expect(statusSentence({ kind: 'live' }, 'web-shop')).toBeNull();
  expect(statusSentence({ kind: 'connecting' }, 'web-shop')).toBeNull();
  expect(statusSentence({ kind: 'offline', sinceMs }, 'web-shop')).toMatch(/^Not connected to web-shop since 14:02\. /);
  expect(statusSentence({ kind: 'stale', sinceMs }, 'web-shop')).toMatch(/^Live updates stopped 14:02\. /);
  expect(statusSentence({ kind: 'locked-out' }, 'web-shop')).toContain('codencer open');
});

test('does not turn around behind a title that asks for it', () => {
  const facts = { location: '/steps/s', subject: 'log\u202Egnp', instance: 'shop', waiting: 0 };
  expect(titleOf(facts)).toBe('loggnp – shop – Codencer');
});
