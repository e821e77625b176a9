/** What the thread of streams and whoever reads them say to each other. One block is asked for at a time. */

import type { QueryParams } from '../warehouse.ts';

export type StreamOrder = StreamCall | { readonly kind: 'close' };

export type StreamCall =
  | { readonly kind: 'open'; readonly id: number; readonly sql: string; readonly params: QueryParams }
  | { readonly kind: 'next'; readonly id: number }
  | { readonly kind: 'end'; readonly id: number };

/** The next block as JSON lines, the end, or what the engine said. */
export type StreamReply = { readonly id: number } & (
  | { readonly kind: 'block'; readonly lines: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'end' }
  | { readonly kind: 'failed'; readonly message: string }
);
