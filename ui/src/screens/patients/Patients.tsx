// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Find a patient while typing, or register a new one. What was typed is in the address, so that going back keeps it.
import { Button, Center, Loader, TextInput } from '@mantine/core';
import { IconChevronRight, IconSearch, IconUserPlus } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { usePatients } from '../../app/queries';
import { useZone } from '../../app/session';
import { useSlow } from '../../app/useSlow';
import { initials, patientNumber, personName } from '../../fhir/read';
import { age, shortDay, today } from '../../lib/time';
import { cx } from '../../lib/text';
import { Failure } from '../../shared/Failure';
import u from '../../styles/u.module.css';
import css from './patients.module.css';
import { RegisterDialog } from './RegisterDialog';

const NewClientDialog = lazy(() => import('./NewClientDialog'));

export default function Patients() {
  const zone = useZone();
  const query = new URLSearchParams(useSearch());
  const [, go] = useLocation();
  const [typed, setTyped] = useState(query.get('name') ?? '');
  const [registering, setRegistering] = useState(false);
  const [coming, setComing] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const found = usePatients(useSlow(typed));
  const find = query.has('find');
  useEffect(() => {
    field.current?.focus();
  }, [find]);
  const now = today(zone);
  const type = (text: string) => {
    setTyped(text);
    go(text ? `/patients?name=${encodeURIComponent(text)}` : '/patients', { replace: true });
  };
  return (
    <div className={u.stack}>
      <header className={cx(u.bar, css.bar)}>
        <h1 className={cx(u.pageTitle, u.grow)}>Patients</h1>
        <Button variant="default" onClick={() => setRegistering(true)}>
          Register
        </Button>
        <Button leftSection={<IconUserPlus size={18} />} onClick={() => setComing(true)}>
          New client
        </Button>
      </header>
      <TextInput
        ref={field}
        type="search"
        aria-label="Find a patient by name"
        placeholder="Find by name"
        leftSection={<IconSearch size={18} aria-hidden />}
        value={typed}
        onChange={(event) => type(event.currentTarget.value)}
        autoComplete="off"
      />
      <Failure error={found.error} again={() => void found.refetch()} />
      {found.isPending && !found.isError && (
        <Center mih="30vh">
          <Loader aria-label="Loading" />
        </Center>
      )}
      {found.data && (
        <section className={cx(u.card, css.results)} aria-label="Results" aria-busy={found.isPlaceholderData}>
          <p className={u.unseen} role="status">
            {found.data.length} found
          </p>
          {found.data.length === 0 && (
            <p className={cx(u.empty, u.muted)}>
              {typed ? `Nobody is called “${typed}” here.` : 'No patients yet. Register the first one.'}
            </p>
          )}
          <ul>
            {found.data.map((patient) => (
              <li key={patient.id}>
                <Link href={`/patients/${patient.id}`}>
                  <span className={u.avatar} aria-hidden>
                    {initials(personName(patient))}
                  </span>
                  <span className={u.grow}>
                    <b>{personName(patient)}</b>
                    <span className={cx(u.small, u.muted, u.num)}>{about(patient, now)}</span>
                  </span>
                  <IconChevronRight size={18} aria-hidden className={u.muted} />
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
      {coming && (
        <Suspense>
          <NewClientDialog name={typed} onClose={() => setComing(false)} />
        </Suspense>
      )}
      {registering && <RegisterDialog name={typed} onClose={() => setRegistering(false)} />}
    </div>
  );
}

/** A birth date of which only the year or the month is known is shown as it is. */
const bornOn = (date: string, now: string) => (date.length === 10 ? shortDay(date, now) : date);

/** Age, birth date, number; each part stays on one line. */
function about(patient: fhir4.Patient, now: string): string {
  const years = age(patient.birthDate, now);
  const number = patientNumber(patient);
  return [
    years !== undefined && `${years} years`,
    patient.birthDate && `born ${bornOn(patient.birthDate, now)}`,
    number && `no. ${number}`,
  ]
    .filter((part): part is string => Boolean(part))
    .map((part) => part.replace(/ /g, '\u00a0').replace(/-/g, '\u2011'))
    .join(' · ');
}
