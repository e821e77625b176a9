import { expect, it } from 'vitest';
import { sampleConfig } from '#app';
import { read } from './source-files.ts';

it('the sample configuration in the docs is the one made of the settings', () => {
  expect(read('docs/reference/ritornello.sample.yaml')).toBe(sampleConfig());
});
