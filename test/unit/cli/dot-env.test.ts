import { describe, expect, it } from 'vitest';
import { parseDotEnv } from '../../../main/cli/dot-env.ts';

describe('.env', () => {
  it.each([
    ['PORT=18085', { PORT: '18085' }],
    ['export HOST=127.0.0.1', { HOST: '127.0.0.1' }],
    ['  PORT = "9000" # ours', { PORT: '9000' }],
    ["ORCHESTRATORD_URL='http://127.0.0.1:1'", { ORCHESTRATORD_URL: 'http://127.0.0.1:1' }],
    ['PORT=1\r\nPORT=2', { PORT: '2' }],
    ['PORT=9000 # comment', { PORT: '9000' }],
    ['# PORT=1', {}],
    ['PORT', {}],
    ['DATABASE_URL=postgres://x\nSECRET=y', {}],
  ])('%j', (text, values) => {
    expect(parseDotEnv(text)).toEqual(values);
  });
});
