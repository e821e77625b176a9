import type { ReactNode } from 'react';
import styles from './page.module.css';

const Guide = ({ name, children }: { name: string; children: ReactNode }) => (
  <details name="guide">
    <summary>{name}</summary>
    <div>{children}</div>
  </details>
);

/** How to get one's history out of where it is. */
export const Guides = () => (
  <section className={styles['guides']} aria-labelledby="guides">
    <h2 id="guides">How to get your file</h2>
    <Guide name="Spotify">
      <p>
        In your account’s privacy settings, ask for the <strong>extended streaming history</strong>. A zip comes by
        mail, often within days. Drop it here as it is; podcasts count too.
      </p>
    </Guide>
    <Guide name="ListenBrainz">
      <p>
        In your settings, under <strong>export data</strong>, make an export and drop the zip here. Love and hate come
        along.
      </p>
    </Guide>
    <Guide name="Last.fm">
      <p>
        Last.fm has no export of its own. Any of the common tools that write your scrobbles to a <strong>CSV</strong>{' '}
        file will do.
      </p>
    </Guide>
    <Guide name="Anything else">
      <p>
        A table of plays as CSV, TSV, NDJSON or Parquet with the columns <code>item_id</code> and <code>at</code>, and{' '}
        <code>user_id</code>, <code>ms_played</code> where known. Other column names: use{' '}
        <code>ritornello import plays --map</code> on the command line.
      </p>
    </Guide>
  </section>
);
