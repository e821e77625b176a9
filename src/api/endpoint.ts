/** What one endpoint of the contract says of itself. */

import type { z } from 'zod';

/** ingest: write events and items; serve: read for listeners; admin: all. */
export const ROLES = ['ingest', 'serve', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/**
 * `entries`: a JSON array of entries, one entry, or NDJSON; each is read and answered on its own.
 * `file`: the bytes of a file, application/octet-stream. `json`: one JSON value of the schema.
 */
export type EndpointBody =
  | { readonly kind: 'entries'; readonly entry: z.ZodType }
  | { readonly kind: 'file' }
  | { readonly kind: 'json'; readonly schema: z.ZodType };

export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly role: Role;
  readonly summary: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: EndpointBody;
  /** Media type of the answer where it is not JSON. */
  readonly produces?: 'application/x-ndjson';
  readonly response: z.ZodType;
  /** Status of a good answer. */
  readonly status: 200 | 202;
}
