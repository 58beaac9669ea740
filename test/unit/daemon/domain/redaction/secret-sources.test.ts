import { describe, expect, it } from 'vitest';
import { declaredNames, secretsInEnvironment } from '../../../../../main/daemon/domain/redaction/secret-sources.ts';

const namesOf = (environment: Record<string, string>, declared: readonly string[] = []) =>
  secretsInEnvironment(environment, declared).map((secret) => secret.name);

describe('secrets in an environment', () => {
  it.each([
    'GITHUB_TOKEN',
    'OPENAI_API_KEY',
    'ANTHROPIC_APIKEY',
    'DB_PASSWORD',
    'MYSQL_PWD',
    'CLIENT_SECRET',
    'SSH_PRIVATE_KEY',
    'AWS_SECRET_ACCESS_KEY',
    'MY_CREDENTIALS',
    'gitlab_pat',
  ])('takes %s by its name', (name) => {
    expect(namesOf({ [name]: 'hunter-two' })).toEqual([name]);
  });

  it.each([
    ['MAX_TOKENS', '200000000000'],
    ['API_TOKEN', 'true'],
    ['TOKEN_COUNT', '4096000'],
    ['TOKEN_FILE', '/run/secrets/token'],
    ['AUTH_TOKEN_PATH', '~/.config/token'],
    ['WINDOWS_SECRET_DIR', 'C:\\secrets\\mine'],
    ['TOKEN_URL', 'https://login.example.org/token'],
    ['API_KEY', 'changeme'],
    ['GIT_AUTHOR_NAME', 'Ada Lovelace 1815'],
    ['SSH_AUTH_SOCK', '/tmp/ssh-1/agent.2'],
    ['AUTH_MODE', 'interactive'],
    ['PATH', '/usr/bin:/bin'],
    ['PWD', '/home/ada/repository'],
  ])('RED-10: leaves %s=%s alone', (name, value) => {
    expect(namesOf({ [name]: value })).toEqual([]);
  });

  it('takes a doubtful name only when the value looks random', () => {
    expect(namesOf({ NPM_AUTH: 'dXNlcjpwYXNz9', LICENSE_KEY: 'standard', SESSION_COOKIE: 'a8f7c2d94e1b' })).toEqual([
      'NPM_AUTH',
      'SESSION_COOKIE',
    ]);
  });

  it.each([
    'sk-ant-api03-AAAAAAAAAAAAAAAAAAAA',
    'ghp_0123456789abcdefghijABCDEFGHIJ012345',
    'AKIAIOSFODNN7EXAMPLE',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc',
    '-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----',
  ])('RED-12: knows the kind of %s under any name', (value) => {
    expect(namesOf({ HARMLESS: value })).toEqual(['HARMLESS']);
  });

  it('RED-12: takes the password of an address, as it stands and decoded', () => {
    const secrets = secretsInEnvironment({ DATABASE_URL: 'postgres://ada:p%40ssw0rd@db:5432/x' }, []);
    expect(secrets.map((secret) => secret.value)).toEqual(['p%40ssw0rd', 'p@ssw0rd']);
    expect(namesOf({ PROXY: 'http://ada:broken%zz@proxy' })).toEqual(['PROXY', 'PROXY']);
    expect(namesOf({ HOMEPAGE: 'https://example.org/a:b@c' })).toEqual([]);
  });

  it('RED-11, RED-9: takes what is declared, whatever it looks like, unless it is too short', () => {
    const environment = { HOUSE: '/usr/bin/house', DOOR: 'true', LAMP: 'default' };
    expect(namesOf(environment, ['HOUSE', 'DOOR', 'LAMP', 'MISSING'])).toEqual(['HOUSE', 'LAMP']);
  });

  it('reads a declaration', () => {
    expect(declaredNames(' A, B_C ,,D ')).toEqual(['A', 'B_C', 'D']);
    expect(declaredNames(undefined)).toEqual([]);
  });

  it('takes what profiles hand over for a secret, if it can be one (RED-14)', () => {
    const environment = {
      MY_VALUE: 'correct-horse',
      MY_MODE: 'default',
      MY_URL: 'http://127.0.0.1:4000',
      OTHER: 'battery',
    };
    const secrets = secretsInEnvironment(environment, [], ['MY_VALUE', 'MY_MODE', 'MY_URL', 'MISSING']);
    expect(secrets).toEqual([{ name: 'MY_VALUE', value: 'correct-horse' }]);
  });
});
