/** Hours of absence in SQL: plain ones, or as people are about. The twin of `activeClock` of #stats. */

/** Milliseconds of a listener's own clock at the end of a session: its offset is that of its beginning, in whole hours. */
export const LOCAL_END_MS = `(
            toUnixTimestamp64Milli(ended_at)
            + (toInt64(toUInt16(local_day)) * 24 + local_hour - intDiv(toUnixTimestamp64Milli(at), 3600000)) * 3600000
        )`;

/** Operational time at a moment of local milliseconds, by the parameter \`weights\` of the 24 hours. */
const since = (ms: string): string =>
  `(
            intDiv(${ms}, 86400000) * 24
            + arraySum(arraySlice({weights:Array(Float64)}, 1, intDiv(${ms} % 86400000, 3600000)))
            + (${ms} % 3600000) / 3600000 * {weights:Array(Float64)}[intDiv(${ms} % 86400000, 3600000) + 1]
        )`;

/** Hours from \`local_ms\` on, \`away_ms\` long: plain ones where there are no weights. */
export const AWAY_HOURS = `if(
            empty({weights:Array(Float64)}),
            away_ms / 3600000,
            ${since('(local_ms + away_ms)')} - ${since('local_ms')}
        )`;
