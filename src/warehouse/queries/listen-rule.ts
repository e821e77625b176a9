/** `isListen` of `#domain` in SQL, over the columns of table play; a test holds both to the same answers. */

import { LISTEN_MIN_MS } from '#domain';

export const IS_LISTEN: string = `multiIf(
            ms_played IS NULL, NOT ifNull(skipped, false),
            assumeNotNull(ms_played) >= ${LISTEN_MIN_MS}, true,
            ifNull(duration_ms, 0) > 0 AND assumeNotNull(ms_played) >= 0.9 * ifNull(duration_ms, 0))`;
