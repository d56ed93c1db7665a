// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Who is signed in and where, the colours of the screen, and the way out.
import { Button, SegmentedControl, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { IconLogout, IconShieldCheck } from '@tabler/icons-react';
import { Link } from 'wouter';
import { useSession, useSignOut } from '../../app/session';
import { Card } from '../../shared/Card';
import { cx } from '../../lib/text';
import u from '../../styles/u.module.css';

const schemes = [
  { value: 'auto', label: 'As the device' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

const keys = [
  ['/', 'Find a patient'],
  ['B', 'Book a visit (Day, Chart)'],
  ['N', 'Start the note (open visit, Chart)'],
];

export default function Account() {
  const session = useSession();
  const leave = useSignOut();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <div className={cx(u.stack)}>
      <h1 className={u.pageTitle}>{session.name}</h1>
      <div className={cx(u.cols, u.c2)}>
        <Card title="Account">
          <dl className={u.facts}>
            <dt>User name</dt>
            <dd>{session.username}</dd>
            <dt>Role</dt>
            <dd>{session.role === 'owner' ? 'Owner' : 'Therapist'}</dd>
            <dt>Practice</dt>
            <dd>{session.practice.name}</dd>
            <dt>Clinic time</dt>
            <dd>{session.practice.timeZone}</dd>
          </dl>
          <Button mt="md" variant="default" leftSection={<IconLogout size={18} />} onClick={() => void leave()}>
            Sign out
          </Button>
        </Card>
        <Card title="Safety">
          <p className={u.small}>How often each rule fired, what was done about it, and what happened after sessions.</p>
          <Button component={Link} href="/safety" mt="md" variant="default" leftSection={<IconShieldCheck size={18} />}>
            Safety report
          </Button>
        </Card>
        <Card title="Colours">
          <SegmentedControl
            fullWidth
            aria-label="Colours"
            data={schemes}
            value={colorScheme}
            onChange={(value) => setColorScheme(value as MantineColorScheme)}
          />
        </Card>
        <Card title="Keys">
          <dl className={u.facts}>
            {keys.map(([key, text]) => (
              <div key={key} style={{ display: 'contents' }}>
                <dt>
                  <kbd>{key}</kbd>
                </dt>
                <dd>{text}</dd>
              </div>
            ))}
          </dl>
        </Card>
      </div>
    </div>
  );
}
