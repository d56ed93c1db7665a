// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What is claimed of massage, what research says, what may honestly be said, and what this practice measured itself, with the
// warning that before and after is no proof.
import { Button, Center, CopyButton, Loader, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import { useEvidence } from '../../app/library';
import { changeWords, type ClaimEvidence, type OwnChange } from '../../clinic/evidence';
import { cx } from '../../lib/text';
import { Card } from '../../shared/Card';
import { Failure } from '../../shared/Failure';
import { Notice } from '../../shared/Notice';
import u from '../../styles/u.module.css';
import { Certainty } from './Certainty';
import css from './library.module.css';
import { Sources } from './Sources';

const supported = (claim: ClaimEvidence) => claim.certainty !== 'contradicted' && claim.certainty !== 'no_source';
const filters = [
  { value: 'all', label: 'All', fits: () => true },
  { value: 'some', label: 'With evidence', fits: supported },
  { value: 'none', label: 'Not supported', fits: (claim: ClaimEvidence) => !supported(claim) },
];

export default function Evidence() {
  const evidence = useEvidence();
  const [shown, setShown] = useState('all');
  const fits = filters.find((filter) => filter.value === shown)!.fits;
  return (
    <div className={u.stack}>
      <Link href="/library" className={cx(u.plainlink, css.back)}>
        Library
      </Link>
      <header className={cx(u.bar, css.bar)}>
        <h1 className={cx(u.pageTitle, u.grow)}>Evidence and our own change</h1>
        <SegmentedControl
          aria-label="Which claims"
          data={filters.map(({ value, label }) => ({ value, label }))}
          value={shown}
          onChange={setShown}
        />
      </header>
      <Failure error={evidence.error} again={() => void evidence.refetch()} />
      {evidence.isPending && !evidence.isError && (
        <Center mih="30vh">
          <Loader aria-label="Counting" />
        </Center>
      )}
      {evidence.data && (
        <>
          <Notice tone="info" title="Our own figures are no proof">
            {evidence.data.warning}
          </Notice>
          {evidence.data.claims.filter(fits).map((claim) => (
            <ClaimCard key={claim.id} claim={claim} />
          ))}
        </>
      )}
    </div>
  );
}

function ClaimCard({ claim }: { claim: ClaimEvidence }) {
  return (
    <Card title={`“${claim.claim}”`} note={<Certainty grade={claim.certainty} />}>
      <div className={cx(u.cols, u.c2)}>
        <div className={cx(u.stack, u.g8)}>
          <p className={u.small}>{claim.finding}</p>
          {claim.effect && claim.effect !== 'unknown' && (
            <p className={cx(u.small, u.muted)}>Effect: {claim.effect}</p>
          )}
          <details className={u.fold}>
            <summary>Sources ({claim.sources.length})</summary>
            <Sources sources={claim.sources} />
          </details>
        </div>
        <div className={cx(u.stack, u.g8)}>
          <p className={cx(u.small, u.muted)}>What may be said</p>
          <p className={u.strong}>{claim.say}</p>
          <CopyButton value={claim.say}>
            {({ copied, copy }) => (
              <Button variant="default" size="sm" onClick={copy} className={css.copy}>
                {copied ? 'Copied' : 'Copy the sentence'}
              </Button>
            )}
          </CopyButton>
          <p className={cx(u.small, u.muted)}>What we measured ourselves</p>
          {claim.own.length === 0 && <p className={u.small}>Nothing that is measured here could test it.</p>}
          <ul className={u.list}>
            {claim.own.map((own) => (
              <li key={own.measure}>
                <OwnLine own={own} />
              </li>
            ))}
          </ul>
        </div>
      </div>
    </Card>
  );
}

function OwnLine({ own }: { own: OwnChange }) {
  return (
    <>
      <Link href={`/library/measure/${own.measure}`} className={cx(u.plainlink, css.name)}>
        {own.name}
      </Link>
      <p className={cx(u.small, u.num)}>{changeWords(own)}</p>
      {own.change && (
        <>
          <Interval own={own} />
          <p className={cx(u.tiny, u.muted, u.num)}>
            {own.change.improved30} of {own.change.patients} got better by 30 % or more, {own.change.improved70} by 70 % or
            more. Before and after, not proof.
          </p>
        </>
      )}
    </>
  );
}

const width = 240;
const height = 28;

/** The interval as a line, the mean as a dot, no change as a tick. The words above say the same. */
function Interval({ own }: { own: OwnChange }) {
  const { mean, low, high } = own.change!;
  const most = Math.max(Math.abs(low), Math.abs(high), 1) * 1.1;
  const x = (value: number) => ((value + most) / (2 * most)) * width;
  return (
    <svg viewBox={`0 0 ${width} ${height}`} className={css.interval} aria-hidden>
      <line x1={x(0)} x2={x(0)} y1={2} y2={height - 2} className={css.zero} />
      <line x1={x(low)} x2={x(high)} y1={height / 2} y2={height / 2} className={css.span} />
      <circle cx={x(mean)} cy={height / 2} r={4} className={css.mean} />
    </svg>
  );
}
