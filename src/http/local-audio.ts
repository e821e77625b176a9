/** Audio files of this machine: what an item names as `/audio/…` is read from one folder. */

import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** Under which an item's `audio_url` names a file of the folder. */
const PREFIX = '/audio/';

/**
 * Serves the files of `folder`, in ranges, to whoever may read answers. Nothing hidden, no lists, nothing outside it.
 * Null: there are none, and the paths do not exist.
 */
export const addLocalAudio = async (app: FastifyInstance, folder: string | null): Promise<void> => {
  if (folder === null) return;
  await app.register(async (scope) => {
    scope.addHook('onRoute', (route) => {
      route.config = { ...route.config, role: 'serve' };
    });
    await scope.register(fastifyStatic, {
      root: folder,
      prefix: PREFIX,
      decorateReply: false,
      index: false,
      dotfiles: 'ignore',
      cacheControl: false,
      schemaHide: true,
    });
  });
};
