import { describe, expect, it } from 'vitest';
import { formsOfSecrets, secretForms } from '../../../../../main/daemon/domain/redaction/secret-forms.ts';

const textsOf = (value: string) => secretForms(Buffer.from(value)).map((form) => Buffer.from(form).toString('latin1'));
const isCovered = (printed: string, value: string) =>
  textsOf(value).some((form) => Buffer.from(printed).toString('latin1').includes(form));

describe('forms of a secret', () => {
  it('RED-2: knows the percent-encoded ways', () => {
    const value = "a b/c%d(é)~*'!&=x";
    const encoded = encodeURIComponent(value);
    expect(textsOf(value)).toContain(encoded);
    expect(textsOf(value)).toContain(encodeURI(value));
    expect(textsOf(value)).toContain(new URLSearchParams({ v: value }).toString().slice(2));
    expect(textsOf(value)).toContain(encoded.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()));
  });

  it('RED-2: knows the JSON-escaped ways, once and twice', () => {
    const value = 'pa"ss\\wo\trd/é<&>😀';
    expect(isCovered(JSON.stringify({ value }), value)).toBe(true);
    expect(isCovered(JSON.stringify(JSON.stringify({ value })), value)).toBe(true);
    expect(textsOf(value)).toContain('pa\\"ss\\\\wo\\trd/\\u00e9<&>\\ud83d\\ude00');
    expect(textsOf(value)).toContain('pa\\"ss\\\\wo\\trd/\\u00E9<&>\\uD83D\\uDE00');
    expect(textsOf('a/b<c>&d')).toContain('a\\/b<c>&d');
    expect(textsOf('a/b<c>&d')).toContain('a/b\\u003cc\\u003e\\u0026d');
  });

  it.each([0, 1, 2, 3, 4, 5])('RED-3: is found in base64 with %i bytes before it', (bytesBefore) => {
    for (const value of ['secret', 'secret1', 'secret12', 'h\u00fcnter-2?>~~~\u00ff']) {
      const longer = Buffer.from(`${'x'.repeat(bytesBefore)}${value}yy`);
      expect(isCovered(longer.toString('base64'), value)).toBe(true);
      expect(isCovered(longer.toString('base64url'), value)).toBe(true);
    }
  });

  it('RED-2: covers base64 alone to its last character, also in lines', () => {
    expect(textsOf('secret1')).toContain('c2VjcmV0MQ');
    const long = 'k3y-'.repeat(40);
    const lines = Buffer.from(long).toString('base64').replace(/=+$/, '');
    expect(textsOf(long)).toContain(lines.replace(/(.{76})/g, '$1\n'));
    expect(textsOf(long)).toContain(lines.replace(/(.{64})/g, '$1\n'));
  });

  it('RED-2: knows hex in both cases', () => {
    expect(textsOf('jkl;mno')).toEqual(expect.arrayContaining(['6a6b6c3b6d6e6f', '6A6B6C3B6D6E6F']));
  });

  it('RED-2: takes bytes that are no text', () => {
    const forms = secretForms(Buffer.from([0xff, 0xfe, 0, 1, 2, 3])).map((form) =>
      Buffer.from(form).toString('latin1'),
    );
    expect(forms).toEqual(expect.arrayContaining(['%FF%FE%00%01%02%03', 'fffe00010203']));
  });

  it('RED-9: nothing shorter than six bytes is looked for', () => {
    expect(secretForms(Buffer.from('12345'))).toEqual([]);
    expect(textsOf('123456').every((form) => form.length >= 6)).toBe(true);
  });

  it('RED-13: a key of several lines is known by each line', () => {
    const body = ['MIIEvQIBADANBgkqhkiG9w0BAQEFAASC', 'BKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj'];
    const value = ['-----BEGIN PRIVATE KEY-----', ...body, '-----END PRIVATE KEY-----'].join('\n');
    expect(textsOf(value)).toEqual(expect.arrayContaining([...body, JSON.stringify(value).slice(1, -1)]));
    expect(textsOf(value)).not.toContain('-----BEGIN PRIVATE KEY-----');
  });

  it('forms of several secrets come once, without the space around a value', () => {
    const forms = formsOfSecrets([
      { name: 'A', value: 'same-value\n' },
      { name: 'B', value: ' same-value' },
    ]);
    expect(forms).toEqual(secretForms(Buffer.from('same-value')));
  });
});
