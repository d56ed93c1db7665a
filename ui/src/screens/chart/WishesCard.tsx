// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// What the patient allows, by region, and how they like to be treated.
import { IconCheck, IconX } from '@tabler/icons-react';
import { useCodes } from '../../app/queries';
import { permissions, type PatientRecord } from '../../clinic/record';
import { shortDay, type Day } from '../../lib/time';
import { capital, cx } from '../../lib/text';
import { Card } from '../../shared/Card';
import { Tag } from '../../shared/Tag';
import u from '../../styles/u.module.css';
import css from './people.module.css';

type Props = { record: PatientRecord; today: Day; onConsent: () => void };

export default function WishesCard({ record, today, onConsent }: Props) {
  const regions = useCodes('region').data;
  const { consent, comfort } = record;
  const allowed = consent?.provision?.type === 'permit';
  const nameOf = (code: string) => regions?.find((r) => r.code === code)?.name ?? capital(code);
  return (
    <Card
      title="Consent and comfort"
      action={
        <button type="button" className={u.plainlink} onClick={onConsent}>
          {consent ? 'Renew' : 'Ask for consent'}
        </button>
      }
    >
      {consent ? (
        <>
          <p className={u.small}>
            {allowed ? 'Agrees to treatment' : 'Does not agree to treatment'}
            {consent.dateTime && `, ${shortDay(consent.dateTime.slice(0, 10), today)}`}.
          </p>
          <div className={css.permits} style={{ marginTop: 8 }}>
            {permissions(consent).map((one) => (
              <Tag
                key={one.region}
                tone={one.allowed ? 'ok' : 'stop'}
                icon={one.allowed ? <IconCheck size={14} aria-hidden /> : <IconX size={14} aria-hidden />}
              >
                {nameOf(one.region)}: {one.allowed ? 'yes' : 'no'}
              </Tag>
            ))}
          </div>
        </>
      ) : (
        <p className={cx(u.small, u.muted)}>No consent is on record.</p>
      )}
      {comfort.length > 0 && (
        <dl className={u.facts} style={{ marginTop: 12 }}>
          {comfort.map(([name, said]) => (
            <div key={name} style={{ display: 'contents' }}>
              <dt>{name}</dt>
              <dd>{said}</dd>
            </div>
          ))}
        </dl>
      )}
    </Card>
  );
}
