// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// "They may be here already": who a person being registered may be, each with why. It warns and never stops: two people
// may share a name.
import { Link } from 'wouter';
import { useMatches } from '../../app/queries';
import { useSlow } from '../../app/useSlow';
import { useZone } from '../../app/session';
import { patientOf, type Grade, type PersonForm } from '../../clinic/people';
import { patientNumber, personName } from '../../fhir/read';
import { shortDay, today } from '../../lib/time';
import { cx } from '../../lib/text';
import { Notice } from '../../shared/Notice';
import { Tag, type Tone } from '../../shared/Tag';
import u from '../../styles/u.module.css';
import css from './patients.module.css';

const grades: Record<Grade, { word: string; tone: Tone }> = {
  certain: { word: 'The same person', tone: 'stop' },
  probable: { word: 'Probably the same', tone: 'hold' },
  possible: { word: 'Perhaps the same', tone: 'plain' },
};

export function Matches({ person, onTake }: { person: PersonForm; onTake?: (id: string, name: string) => void }) {
  const now = today(useZone());
  const slow = useSlow(JSON.stringify(person), 350);
  const asked = JSON.parse(slow) as PersonForm;
  const long = `${asked.given}${asked.family}`.trim().length >= 3;
  const { data = [], isError } = useMatches(long ? patientOf(asked) : null);
  if (isError) return <p className={cx(u.small, u.muted)}>Whether this person is here already could not be checked.</p>;
  if (!long || !data.length) return null;
  return (
    <Notice tone="info" title="They may be here already">
      <ul className={css.matches} aria-label="Possible matches">
        {data.slice(0, 4).map(({ patient, grade, why }) => {
          const name = personName(patient);
          const number = patientNumber(patient);
          return (
            <li key={patient.id}>
              <span className={u.grow}>
                <span className={cx(u.row, u.tight)}>
                  <b>{name}</b> <Tag tone={grades[grade].tone}>{grades[grade].word}</Tag>
                </span>
                <span className={cx(u.small, u.num)}>
                  {[
                    patient.birthDate &&
                      `born ${patient.birthDate.length === 10 ? shortDay(patient.birthDate, now) : patient.birthDate}`,
                    number && `no. ${number}`,
                    why.join(', '),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </span>
              {onTake ? (
                <button type="button" className={u.plainlink} onClick={() => onTake(patient.id, name)}>
                  Use this one
                </button>
              ) : (
                <Link href={`/patients/${patient.id}`} className={u.plainlink} aria-label={`Open the chart of ${name}`}>
                  Open
                </Link>
              )}
            </li>
          );
        })}
      </ul>
    </Notice>
  );
}
