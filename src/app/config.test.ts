import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EngineError } from '#domain';
import { loadConfig, showConfig } from './config.ts';
import { sampleConfig } from './config-sample.ts';
import { SETTING_NAMES, SETTINGS } from './settings.ts';

const file = (text: string): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'config-')), 'ritornello.yaml');
  writeFileSync(path, text);
  return path;
};

const refusal = (run: () => unknown): EngineError => {
  try {
    run();
  } catch (error) {
    if (error instanceof EngineError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
};

describe('loadConfig', () => {
  it('needs nothing: every setting has a default that its own schema allows', () => {
    const { config, origins } = loadConfig({ env: {} });
    for (const name of SETTING_NAMES) {
      expect(config[name]).toEqual(SETTINGS[name].standard);
      expect(SETTINGS[name].schema.parse(SETTINGS[name].standard)).toEqual(SETTINGS[name].standard);
      expect(origins[name]).toBe('default');
    }
  });

  it('lets flags win over the environment, and that over the file', () => {
    const sources = {
      file: file('port: 1\nseed: file\ndata: /file\n'),
      env: { RITORNELLO_PORT: '2', RITORNELLO_SEED: 'env' },
    };
    const { config, origins } = loadConfig({ ...sources, flags: { port: '3' } });
    expect([config.port, config.seed, config.data]).toEqual([3, 'env', '/file']);
    expect([origins.port, origins.seed, origins.data, origins.host]).toEqual([
      'flag',
      'environment',
      'file',
      'default',
    ]);
  });

  it('finds the file by RITORNELLO_CONFIG', () => {
    expect(loadConfig({ env: { RITORNELLO_CONFIG: file('port: 4711') } }).config.port).toBe(4711);
  });

  it('names setting, place and what is allowed when a value is wrong', () => {
    const error = refusal(() => loadConfig({ env: { RITORNELLO_PORT: 'eighty' } }));
    expect(error.code).toBe('invalid_config');
    expect(error.message).toContain('RITORNELLO_PORT: "eighty"');
    expect(error.fields).toEqual([{ field: 'port', reason: expect.stringContaining('whole number') }]);
  });

  it.each([
    ['a misspelt setting', { file: file('prot: 1') }, 'unknown setting prot'],
    ['a misspelt variable', { env: { RITORNELLO_PROT: '1' } }, 'unknown variable RITORNELLO_PROT'],
    ['a file that is not there', { file: '/nowhere/ritornello.yaml' }, 'cannot be read'],
    ['a file that is no YAML', { file: file('port: [1') }, 'ritornello.yaml'],
    ['a file that is a list', { file: file('- 1') }, 'expected "name: value" lines'],
    ['a port out of range', { flags: { port: 70_000 } }, '--port'],
    ['an unknown kind of warehouse', { flags: { warehouse: 'mysql://secret@x' } }, 'expected "chdb:"'],
  ])('refuses %s', (_, sources, message) => {
    expect(refusal(() => loadConfig({ env: {}, ...sources })).message).toContain(message);
  });

  it('never repeats a secret in a refusal', () => {
    expect(refusal(() => loadConfig({ env: {}, flags: { warehouse: 'mysql://secret@x' } })).message).not.toContain(
      'secret',
    );
  });
});

describe('showConfig', () => {
  it('hides passwords', () => {
    const shown = showConfig(loadConfig({ env: { RITORNELLO_WAREHOUSE: 'clickhouse://me:word@db:8123/x' } }));
    expect(shown['warehouse']).toEqual({ value: 'clickhouse://***@db:8123/x', origin: 'environment' });
  });
});

describe('the sample file', () => {
  it('loads as the defaults', () => {
    expect(loadConfig({ env: {}, file: file(sampleConfig()) }).config).toEqual(loadConfig({ env: {} }).config);
  });
});
