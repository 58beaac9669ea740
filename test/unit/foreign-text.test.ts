import { isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeArtifact } from '../../contract/wire/artifact.ts';
import { decodeAttempt } from '../../contract/wire/attempt.ts';
import { decodeEvent } from '../../contract/wire/event.ts';
import { decodeGate } from '../../contract/wire/gate.ts';
import { decodeInstance } from '../../contract/wire/instance.ts';
import { decodeResult } from '../../contract/wire/result.ts';
import { decodeRun } from '../../contract/wire/run.ts';
import { decodeStep } from '../../contract/wire/step.ts';
import { decodeTaskSpec } from '../../contract/wire/task-spec.ts';
import { parseDotEnv } from '../../main/cli/dot-env.ts';
import { parseDuration } from '../../main/cli/duration.ts';
import { parseYamlTask } from '../../main/cli/parse-yaml-task.ts';
import { parseJson, parseYaml } from '../../main/daemon/adapters/files/parse-settings.ts';
import { pathOfText, textOfPath } from '../../main/daemon/adapters/git/path-text.ts';
import { indexHeading, lastPointBefore, pointAt } from '../../main/daemon/adapters/logs/log-index.ts';
import { addressBytes } from '../../main/daemon/adapters/peers/tcp-table.ts';
import { parseStat } from '../../main/daemon/adapters/process/process-table.ts';
import { requestedBytes } from '../../main/daemon/api/byte-range.ts';
import { cleanPath } from '../../main/daemon/api/clean-path.ts';
import { firstJsonValue } from '../../main/daemon/api/first-json-value.ts';
import { parseHost, parseHttpUrl, parseVariableNames, parseWhole } from '../../main/daemon/config/value-parsers.ts';
import { parsePathPattern } from '../../main/daemon/domain/paths/path-pattern.ts';
import { parseRelativePath } from '../../main/daemon/domain/paths/relative-path.ts';
import { parsePolicy } from '../../main/daemon/domain/policy/parse-policy.ts';
import { declaredNames } from '../../main/daemon/domain/redaction/secret-sources.ts';

const RUNS = 400;

/** Pieces of the languages that are parsed, so that many texts are nearly right. */
const almost = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '{',
        '}',
        '[',
        ']',
        '"',
        ':',
        ',',
        '- ',
        '\n',
        '  ',
        '&a',
        '*a',
        '!!',
        '|',
        '%',
        '..',
        '/',
        '\\',
        '\0',
        '#',
        '=',
      ),
      fc.constantFrom(
        'goal',
        'id',
        '__proto__',
        'version: v1',
        'name',
        'gate_when',
        'bytes=',
        '-1',
        '1e999',
        'null',
        'true',
        '\ud800',
      ),
      fc.string({ unit: 'binary', maxLength: 8 }),
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''));
const text = fc.oneof(almost, fc.string({ unit: 'binary', maxLength: 200 }), fc.json());

const PARSERS: Readonly<Record<string, (text: string) => unknown>> = {
  firstJsonValue,
  parseYamlTask,
  parseDotEnv,
  parseDuration,
  'settings in YAML': (it) => parseYaml(it, 'file'),
  'settings in JSON': (it) => parseJson(it, 'file'),
  cleanPath,
  parsePathPattern,
  'a path on Linux': (it) => parseRelativePath(it, 'posix'),
  'a path on Windows': (it) => parseRelativePath(it, 'windows'),
  parseHost,
  parseHttpUrl,
  parseVariableNames,
  'a whole number': parseWhole(1, 64),
  declaredNames,
  addressBytes,
  parseStat,
  pathOfText,
  'a range of bytes': (it) => requestedBytes(it, 100),
};

describe('text from outside, whatever it is', () => {
  it.each(Object.entries(PARSERS))('makes %s answer, and never throw', (_name, parse) => {
    fc.assert(
      fc.property(text, (given) => {
        expect(() => parse(given)).not.toThrow();
      }),
      { numRuns: RUNS },
    );
  });

  it('a range of bytes is inside of the file, or none', () => {
    fc.assert(
      fc.property(text, fc.nat(1000), (header, size) => {
        const range: unknown = requestedBytes(`bytes=${header}`, size);
        if (typeof range !== 'object' || range === null || !('first' in range) || !('last' in range)) return;
        expect(Number(range.first)).toBeLessThanOrEqual(Number(range.last));
        expect(Number(range.last)).toBeLessThan(size);
      }),
      { numRuns: RUNS },
    );
  });
});

const DECODERS = {
  decodeArtifact,
  decodeAttempt,
  decodeEvent,
  decodeGate,
  decodeInstance,
  decodeResult,
  decodeRun,
  decodeStep,
  decodeTaskSpec,
};
const KEYS = [
  'id',
  'goal',
  'state',
  'Phases',
  'validations',
  'retry',
  'recipe',
  'not_before',
  'context',
  'seq',
  '__proto__',
];
const value = fc.anything({
  key: fc.constantFrom(...KEYS),
  maxDepth: 4,
  withNullPrototype: true,
  withBigInt: true,
  withDate: true,
});

describe('values from outside, whatever they are', () => {
  it.each(Object.entries(DECODERS))('make %s answer with a value or one sentence', (_name, decode) => {
    fc.assert(
      fc.property(value, (given) => {
        const decoded = decode(given);
        if (!decoded.ok) expect(decoded.error).toMatch(/^[^\n]+$/);
      }),
      { numRuns: RUNS },
    );
  });

  it('make a policy, or sentences that name the file', () => {
    fc.assert(
      fc.property(value, (content) => {
        const parsed = parsePolicy({ content, file: 'a.yaml', fallbackName: 'a' });
        if (!parsed.ok) for (const sentence of parsed.error) expect(sentence).toContain('a.yaml');
      }),
      { numRuns: RUNS },
    );
    expect(Reflect.get({}, 'goal')).toBeUndefined();
  });
});

describe('bytes from outside, whatever they are', () => {
  it('are an index of a log, or none', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(), fc.boolean(), (bytes, at, isHeaded) => {
        const index = isHeaded ? Buffer.concat([indexHeading, bytes]) : bytes;
        expect(() => [lastPointBefore(at, index), pointAt(at, index)]).not.toThrow();
      }),
      { numRuns: RUNS },
    );
  });

  it('are the text of a path and come back as they were', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const path = Buffer.from(bytes).toString('latin1');
        const shown = textOfPath(path);
        expect(pathOfText(shown)).toBe(path);
        if (isUtf8(bytes) && !shown.startsWith('"')) expect(shown).toBe(Buffer.from(bytes).toString('utf8'));
      }),
      { numRuns: RUNS },
    );
  });
});
