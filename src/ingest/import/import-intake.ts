/** What an import needs of the intake: a receipt for each entry, in order. */

import type { FieldError } from '#domain';

export type ImportReceipt =
  | { readonly outcome: 'accepted' | 'repeated' }
  | { readonly outcome: 'refused'; readonly fields: readonly FieldError[] };

export interface ImportIntake {
  accept(wire: readonly unknown[]): Promise<readonly ImportReceipt[]>;
  acceptItems(wire: readonly unknown[]): Promise<readonly ImportReceipt[]>;
}
