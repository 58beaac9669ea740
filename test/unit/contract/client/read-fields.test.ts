import { describe, expect, it } from 'vitest';
import { type Fields, readFields, readList, readMapOfLists } from '../../../../contract/client/read-fields.ts';

const nameOf = (fields: Fields) => fields.text('name');

describe('reading an answer', () => {
  it('takes absent and null fields for their neutral value', () => {
    const read = readFields({ text: null }, (fields) => [
      fields.text('text'),
      fields.text('missing'),
      fields.integer('missing'),
      fields.flag('missing'),
      fields.optionalFlag('missing'),
      fields.texts('missing'),
      fields.textMap('missing'),
      fields.object('missing', nameOf),
      fields.objects('missing', nameOf),
      fields.timeMs('missing'),
    ]);
    expect(read).toEqual({ ok: true, value: ['', '', 0, false, null, [], {}, null, [], null] });
  });

  it('reads times, and the zero time of inherited daemons as none', () => {
    const times = { set: '2026-11-20T06:36:29.5Z', zero: '0001-01-01T00:00:00Z' };
    const read = readFields(times, (fields) => [fields.timeMs('set'), fields.timeMs('zero')]);
    expect(read).toEqual({ ok: true, value: [Date.UTC(2026, 10, 20, 6, 36, 29, 500), null] });
  });

  it.each([
    [{ name: 1 }, 'name: expected a string'],
    [[], 'expected an object'],
    [null, 'expected an object'],
    ['text', 'expected an object'],
  ])('refuses %j', (json, problem) => {
    expect(readFields(json, nameOf)).toEqual({ ok: false, error: problem });
  });

  it.each([
    [{ at: '' }, 'at: expected an RFC 3339 time'],
    [{ at: 'yesterday' }, 'at: expected an RFC 3339 time'],
  ])('refuses the time in %j', (json, problem) => {
    expect(readFields(json, (fields) => fields.timeMs('at'))).toEqual({ ok: false, error: problem });
  });

  it('says where in the answer the fault is', () => {
    const json = { list: [{ inner: { name: 'a' } }, { inner: { name: 2 } }] };
    const read = readFields(json, (fields) => fields.objects('list', (one) => one.object('inner', nameOf)));
    expect(read).toEqual({ ok: false, error: 'list[1].inner.name: expected a string' });
  });

  it('wants an id that is there', () => {
    expect(readFields({ id: '' }, (fields) => fields.id('id'))).toEqual({ ok: false, error: 'id: missing' });
  });

  it.each([
    [{ n: 1.5 }, 'n: expected an integer'],
    [{ n: '1' }, 'n: expected an integer'],
  ])('refuses %j where an integer belongs', (json, problem) => {
    expect(readFields(json, (fields) => fields.integer('n'))).toEqual({ ok: false, error: problem });
  });

  it('reads bare lists, null being the empty one', () => {
    expect(readList([{ name: 'a' }], nameOf)).toEqual({ ok: true, value: ['a'] });
    expect(readList(null, nameOf)).toEqual({ ok: true, value: [] });
    expect(readList({ name: 'a' }, nameOf).ok).toBe(false);
  });

  it('reads maps of lists', () => {
    const read = readMapOfLists({ a: [{ name: 'x' }], b: [] }, nameOf);
    expect(read.ok && [...read.value]).toEqual([
      ['a', ['x']],
      ['b', []],
    ]);
  });
});
