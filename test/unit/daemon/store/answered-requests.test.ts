import { expect, it } from 'vitest';

import { AT_MS } from '../../../support/sample-records.ts';
import { temporaryStore } from '../../../support/temporary-store.ts';

const answered = (key: string, answeredAtMs = AT_MS) => ({
  key,
  digest: 'a'.repeat(64),
  status: 202,
  body: '{"text":"ä\\n"}\n',
  answeredAtMs,
});

it('QRY-10: an answered request comes back as it was, also from a record that was closed', () => {
  const { store, reopen } = temporaryStore();
  store.answeredRequests.insert(answered('one'));
  expect(store.answeredRequests.get('one')).toEqual(answered('one'));
  expect(store.answeredRequests.get('other')).toBeNull();
  store.close();
  expect(reopen().answeredRequests.get('one')).toEqual(answered('one'));
});

it('QRY-10: a key is answered once', () => {
  const { store } = temporaryStore();
  store.answeredRequests.insert(answered('one'));
  expect(() => store.answeredRequests.insert(answered('one'))).toThrow(/UNIQUE/);
});

it('QRY-10: what is older than a moment is forgotten', () => {
  const { store } = temporaryStore();
  store.answeredRequests.insert(answered('old', AT_MS - 1));
  store.answeredRequests.insert(answered('new', AT_MS));
  store.answeredRequests.forgetBefore(AT_MS);
  expect([store.answeredRequests.get('old'), store.answeredRequests.get('new')?.key]).toEqual([null, 'new']);
});
