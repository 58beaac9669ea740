import { expect, test } from 'vitest';
import { inboxAddress, readInboxView } from '../../../../../renderer/screens/inbox/inbox-address.ts';

test('what is listed and what is open stand in the address, and come back from it', () => {
  expect(inboxAddress({ show: 'waiting', runId: '' }, '')).toBe('/inbox');
  expect(inboxAddress({ show: 'closed', runId: 'a b' }, 'gate-x')).toBe('/inbox/gate-x?show=closed&run=a+b');
  expect(readInboxView(new URLSearchParams('show=closed&run=a+b'))).toEqual({ show: 'closed', runId: 'a b' });
  expect(readInboxView(new URLSearchParams('show=else'))).toEqual({ show: 'waiting', runId: '' });
});
