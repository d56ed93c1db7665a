// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The assessment of one region: what was seen, what was tested, and the working hypothesis that a review comes back to.
import { ActionIcon, Button, Modal, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useCodes, type Concept } from '../../app/definitions';
import { useRefresh } from '../../app/queries';
import { useSession } from '../../app/session';
import {
  assessmentBundle,
  assessmentProblem,
  findingProblem,
  measured,
  reading,
  type Assessment,
  type Finding,
  type TestResult,
} from '../../clinic/assess';
import { normOf, normText, referenceOf } from '../../clinic/motion';
import type { SideCode } from '../../clinic/work';
import { fhir } from '../../fhir/client';
import { uuidv7 } from '../../lib/uuid';
import { capital, cx } from '../../lib/text';
import { Failure } from '../../shared/Failure';
import { NormBar } from '../../shared/NormBar';
import { Notice } from '../../shared/Notice';
import u from '../../styles/u.module.css';

type Props = {
  patient: { id: string; name: string };
  region?: string;
  conditions: { reference: string; display: string }[];
  onClose: () => void;
};

const sides: { value: SideCode; label: string }[] = [
  { value: 'left', label: 'Left' },
  { value: 'right', label: 'Right' },
  { value: 'midline', label: 'Midline' },
];
const fresh = (kind: Finding['kind']): Finding => {
  const common = { id: uuidv7(), side: 'right' as SideCode };
  if (kind === 'special-test') return { ...common, kind, name: '', result: null };
  if (kind === 'movement') return { ...common, kind, code: '', name: '', active: 'active', degrees: '' };
  return { ...common, kind, code: 'girth', level: '', centimetres: '' };
};
const kinds: [Finding['kind'], string][] = [
  ['special-test', 'Special test'],
  ['movement', 'Movement'],
  ['length', 'Girth or reach'],
];

export default function AssessmentDialog({ patient, region, conditions, onClose }: Props) {
  const session = useSession();
  const refresh = useRefresh();
  const regions = useCodes('region');
  const movements = useCodes('movement');
  const [code, setCode] = useState(region ?? '');
  const [about, setAbout] = useState(conditions[0]?.reference ?? '');
  const [seen, setSeen] = useState('');
  const [hypothesis, setHypothesis] = useState('');
  const [findings, setFindings] = useState<Finding[]>([]);
  const [tried, setTried] = useState(false);
  const chosen = regions.data?.find((r) => r.code === code);
  const one: Assessment = {
    region: chosen ? { code: chosen.code, name: chosen.name } : null,
    seen,
    hypothesis,
    findings,
    condition: conditions.find((c) => c.reference === about),
  };
  const problem = session.practitioner ? assessmentProblem(one) : 'Only a therapist can record an assessment.';
  const save = useMutation({
    mutationFn: () =>
      fhir.transaction(
        assessmentBundle(one, {
          patient,
          practitioner: { reference: session.practitioner!, name: session.name },
          zone: session.practice.timeZone,
          now: new Date(),
        }),
      ),
    onSuccess: async () => {
      await refresh();
      onClose();
    },
  });
  const edit = (next: Finding) => setFindings((all) => all.map((f) => (f.id === next.id ? next : f)));
  return (
    <Modal opened onClose={onClose} title={`Assess ${patient.name}`} size="xl">
      <div className={u.form}>
        <div className={u.fields}>
          <NativeSelect
            label="Region"
            required
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            data={[
              { value: '', label: 'Choose' },
              ...(regions.data ?? []).map((r) => ({ value: r.code, label: r.name })),
            ]}
          />
          {conditions.length > 0 && (
            <NativeSelect
              label="About"
              value={about}
              onChange={(event) => setAbout(event.currentTarget.value)}
              data={[
                ...conditions.map((c) => ({ value: c.reference, label: c.display })),
                { value: '', label: 'None of these' },
              ]}
            />
          )}
        </div>
        <Textarea
          label="Told and seen"
          description="History, posture, how it moves, how the tissue feels"
          autosize
          minRows={2}
          value={seen}
          onChange={(event) => setSeen(event.currentTarget.value)}
        />
        {findings.map((finding) => (
          <FindingRow
            key={finding.id}
            finding={finding}
            movements={movements.data ?? []}
            problem={tried ? findingProblem(finding) : undefined}
            onChange={edit}
            onRemove={() => setFindings((all) => all.filter((f) => f.id !== finding.id))}
          />
        ))}
        <div className={u.row}>
          {kinds.map(([kind, name]) => (
            <Button
              key={kind}
              variant="default"
              leftSection={<IconPlus size={18} />}
              onClick={() => setFindings((all) => [...all, fresh(kind)])}
            >
              {name}
            </Button>
          ))}
        </div>
        <Textarea
          label="Working hypothesis"
          description="What you think keeps it going, and which tissue to work on; the review comes back to it"
          autosize
          minRows={2}
          value={hypothesis}
          onChange={(event) => setHypothesis(event.currentTarget.value)}
        />
        {tried && problem && <Notice tone="hold" title={problem} />}
        <Failure error={save.error} />
        <div className={u.formFoot}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            loading={save.isPending}
            onClick={() => {
              setTried(true);
              if (!problem) save.mutate();
            }}
          >
            Save assessment
          </Button>
        </div>
      </div>
    </Modal>
  );
}

type RowProps = {
  finding: Finding;
  movements: Concept[];
  problem?: string;
  onChange: (finding: Finding) => void;
  onRemove: () => void;
};

function FindingRow({ finding, movements, problem, onChange, onRemove }: RowProps) {
  return (
    <fieldset className={cx(u.stack, u.g8)} style={{ border: 0, padding: 0, margin: 0 }}>
      <legend className={cx(u.small, u.strong)}>{kinds.find(([kind]) => kind === finding.kind)![1]}</legend>
      <div className={u.row} style={{ alignItems: 'flex-end' }}>
        <Fields finding={finding} movements={movements} onChange={onChange} />
        <NativeSelect
          label="Side"
          value={finding.side}
          data={sides}
          onChange={(event) => onChange({ ...finding, side: event.currentTarget.value as SideCode })}
        />
        <ActionIcon variant="default" aria-label="Remove this finding" onClick={onRemove}>
          <IconTrash size={20} />
        </ActionIcon>
      </div>
      <Reference finding={finding} movements={movements} />
      {problem && (
        <p role="alert" className={u.small} style={{ color: 'var(--ts-stop)' }}>
          {problem}
        </p>
      )}
    </fieldset>
  );
}

/** The norm of a movement, in words before it is measured and beside the value after. */
function Reference({ finding, movements }: Pick<RowProps, 'finding' | 'movements'>) {
  const movement = finding.kind === 'movement' ? movements.find((m) => m.code === finding.code) : undefined;
  const norm = normOf(movement);
  if (finding.kind !== 'movement' || !movement || !norm) return null;
  const degrees = reading(finding.degrees, 0, 360);
  return (
    <div className={cx(u.stack, u.g4)}>
      {degrees !== undefined && <NormBar norm={norm} unit={movement.property.unit} values={[degrees]} />}
      <p className={cx(u.tiny, u.muted)}>
        {capital(normText(movement))}, of adults; not re-read in a source, and it falls with age.
      </p>
    </div>
  );
}

function Fields({ finding, movements, onChange }: Pick<RowProps, 'finding' | 'movements' | 'onChange'>): ReactNode {
  if (finding.kind === 'special-test') {
    const results: TestResult[] = ['positive', 'negative', 'unclear'];
    return (
      <>
        <TextInput
          label="Test"
          placeholder="Spurling"
          value={finding.name}
          onChange={(event) => onChange({ ...finding, name: event.currentTarget.value })}
        />
        <div role="group" aria-label="Result" className={u.row}>
          {results.map((result) => (
            <button
              key={result}
              type="button"
              className={u.pick}
              aria-pressed={finding.result === result}
              onClick={() => onChange({ ...finding, result })}
            >
              {capital(result)}
            </button>
          ))}
        </div>
      </>
    );
  }
  if (finding.kind === 'movement') {
    const movement = movements.find((m) => m.code === finding.code);
    return (
      <>
        <NativeSelect
          label="Movement"
          value={finding.code}
          data={[{ value: '', label: 'Choose' }, ...movements.map((m) => ({ value: m.code, label: m.name }))]}
          onChange={(event) => {
            const { value } = event.currentTarget;
            const chosen = movements.find((m) => m.code === value);
            onChange({
              ...finding,
              code: value,
              name: chosen?.name ?? '',
              unit: chosen?.property.unit,
              reference: referenceOf(chosen),
            });
          }}
        />
        <NativeSelect
          label="Done"
          value={finding.active}
          data={[
            { value: 'active', label: 'Actively' },
            { value: 'passive', label: 'Passively' },
          ]}
          onChange={(event) => onChange({ ...finding, active: event.currentTarget.value as 'active' | 'passive' })}
        />
        <TextInput
          label={movement?.property.unit === 'mm' ? 'Millimetres' : 'Degrees'}
          inputMode="decimal"
          value={finding.degrees}
          onChange={(event) => onChange({ ...finding, degrees: event.currentTarget.value })}
        />
      </>
    );
  }
  return (
    <>
      <NativeSelect
        label="Measured"
        value={finding.code}
        data={Object.entries(measured).map(([value, label]) => ({ value, label }))}
        onChange={(event) => onChange({ ...finding, code: event.currentTarget.value as keyof typeof measured })}
      />
      <TextInput
        label="Level"
        placeholder="10 cm below the elbow"
        value={finding.level}
        onChange={(event) => onChange({ ...finding, level: event.currentTarget.value })}
      />
      <TextInput
        label="Centimetres"
        inputMode="decimal"
        value={finding.centimetres}
        onChange={(event) => onChange({ ...finding, centimetres: event.currentTarget.value })}
      />
    </>
  );
}
