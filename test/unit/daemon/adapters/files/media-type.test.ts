import { describe, expect, it } from 'vitest';
import { artifactTypeOf } from '../../../../../main/daemon/adapters/files/artifact-type.ts';
import { mediaTypeOf, SNIFFED_BYTES } from '../../../../../main/daemon/adapters/files/media-type.ts';

describe('artifactTypeOf', () => {
  it.each([
    ['stdout.log', 'stdout'],
    ['stderr.log', 'stderr'],
    ['result.json', 'result_json'],
    ['trajectory.json', 'result_json'],
    ['normalized-task.json', 'input_json'],
    ['diff.patch', 'diff'],
    ['sub/x.diff', 'diff'],
    ['changed-files.json', 'changed_files'],
    ['validations/1.stdout.log', 'validations'],
    ['nested-lib.bundle', 'bundle'],
    ['original-input.md', 'file'],
    ['sub/stdout.log', 'file'],
    ['Stdout.log', 'file'],
  ])('%s is %s (FILE-6)', (name, type) => {
    expect(artifactTypeOf(name)).toBe(type);
  });
});

describe('mediaTypeOf', () => {
  it.each([
    ['a.json', '{}', 'application/json; charset=utf-8'],
    ['a.log', 'grüße', 'text/plain; charset=utf-8'],
    ['a.patch', 'diff', 'text/x-diff; charset=utf-8'],
    ['a.svg', '<svg/>', 'image/svg+xml; charset=utf-8'],
    ['a.PNG', 'whatever', 'image/png'],
    ['noext', 'text', 'text/plain; charset=utf-8'],
    ['noext', '', 'text/plain; charset=utf-8'],
    ['noext', '%PDF-1.7', 'application/pdf'],
  ])('%s with %j is %s (FILE-7)', (name, text, type) => {
    expect(mediaTypeOf(name, Buffer.from(text))).toBe(type);
  });

  it.each([
    ['a.txt', [1, 0, 2], 'application/octet-stream'],
    ['a.patch', [0x41, 0xe9, 0x41], 'text/x-diff'],
    ['noext', [0xff, 0xfe, 0x41], 'application/octet-stream'],
    ['noext', [0x89, 0x50, 0x4e, 0x47], 'image/png'],
  ])('%s with bytes %j is %s (FILE-7)', (name, bytes, type) => {
    expect(mediaTypeOf(name, Uint8Array.from(bytes))).toBe(type);
  });

  it('forgives a character that is cut where the sniffed bytes end', () => {
    const head = Buffer.concat([Buffer.alloc(SNIFFED_BYTES - 1, 'a'), Buffer.from('é').subarray(0, 1)]);
    expect(mediaTypeOf('x', head)).toBe('text/plain; charset=utf-8');
    expect(mediaTypeOf('x', head.subarray(1))).toBe('application/octet-stream');
  });
});
