import { sampleConfig } from '#app';
import { expect, it } from 'vitest';

it('the sample configuration in the docs is the one made of the settings', async () => {
  await expect(sampleConfig()).toMatchFileSnapshot('../../docs/reference/ritornello.sample.yaml');
});
