// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// Letters, scans and photos: taken with the tablet's camera or chosen from its files, on a referral, a note, or alone.
import { Button, Modal, NativeSelect, TextInput } from '@mantine/core';
import { IconCamera, IconDownload, IconFile, IconPhoto } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useCreate, useUpdate } from '../../app/queries';
import { useZone } from '../../app/session';
import { attachmentOf, documentOf, type About } from '../../clinic/attachment';
import type { Chart } from '../../clinic/chart';
import { documentName, type PatientRecord } from '../../clinic/record';
import type { Stored } from '../../fhir/client';
import { conceptText } from '../../fhir/read';
import { shortDay, writeInstant, type Day } from '../../lib/time';
import { cx } from '../../lib/text';
import { Card } from '../../shared/Card';
import { Failure } from '../../shared/Failure';
import { saveAttachment } from '../../shared/openFile';
import u from '../../styles/u.module.css';
import css from './people.module.css';

type Props = { chart: Chart; record: PatientRecord; today: Day };

export default function DocumentsCard({ chart, record, today }: Props) {
  const field = useRef<HTMLInputElement>(null);
  const [taken, setTaken] = useState<fhir4.Attachment | null>(null);
  const [problem, setProblem] = useState<Error | null>(null);
  const [open, setOpen] = useState<Stored<fhir4.DocumentReference> | null>(null);
  const take = async (file?: File) => {
    setProblem(null);
    if (!file) return;
    try {
      setTaken(await attachmentOf(file));
    } catch (error) {
      setProblem(error as Error);
    }
  };
  return (
    <Card
      title="Documents"
      action={
        <button type="button" className={u.plainlink} onClick={() => field.current?.click()}>
          <IconCamera size={18} aria-hidden /> Add
        </button>
      }
    >
      <input
        ref={field}
        type="file"
        accept="image/*,application/pdf"
        aria-label="Photo, scan or PDF"
        hidden
        onChange={(event) => {
          void take(event.currentTarget.files?.[0]);
          event.currentTarget.value = '';
        }}
      />
      {problem && <p className={u.small}>{problem.message}</p>}
      {record.documents.length === 0 && <p className={cx(u.small, u.muted)}>No letters, scans or photos yet.</p>}
      <ul className={u.list}>
        {record.documents.map((one) => {
          const Icon = one.content[0]?.attachment.contentType?.startsWith('image/') ? IconPhoto : IconFile;
          return (
            <li key={one.id} className={css.person}>
              <button
                type="button"
                className={u.plainlink}
                style={{ whiteSpace: 'normal', textAlign: 'left' }}
                onClick={() => setOpen(one)}
              >
                <Icon size={18} aria-hidden /> {documentName(one)}
              </button>
              <span className={cx(u.small, u.muted, u.num)}>{one.date && shortDay(one.date.slice(0, 10), today)}</span>
            </li>
          );
        })}
      </ul>
      {taken && <KeepDialog attachment={taken} chart={chart} today={today} onClose={() => setTaken(null)} />}
      {open && <ViewDialog document={open} onClose={() => setOpen(null)} />}
    </Card>
  );
}

type KeepProps = { attachment: fhir4.Attachment; chart: Chart; today: Day; onClose: () => void };

function KeepDialog({ attachment, chart, today, onClose }: KeepProps) {
  const zone = useZone();
  const create = useCreate<fhir4.DocumentReference>();
  const [name, setName] = useState(attachment.title?.replace(/\.\w+$/, '') ?? '');
  const [to, setTo] = useState('');
  const about = (): About => {
    if (to.startsWith('ServiceRequest/')) return { kind: 'referral', reference: to };
    return to ? { kind: 'note', reference: to } : { kind: 'other' };
  };
  const keep = () =>
    create.mutate(documentOf(attachment, name, chart.patient.id, about(), writeInstant(new Date(), zone)), {
      onSuccess: onClose,
    });
  const places = [
    { value: '', label: 'The patient' },
    ...chart.referrals.map((r) => ({
      value: `ServiceRequest/${r.id}`,
      label: `Referral, ${conceptText(r.reasonCode?.[0]) ?? r.requester?.display ?? ''}`,
    })),
    ...chart.notes
      .slice(0, 10)
      .flatMap((n) => (n.encounter ? [{ value: `Encounter/${n.encounter.id}`, label: `Note of ${shortDay(n.day, today)}` }] : [])),
  ];
  return (
    <Modal opened onClose={onClose} title="Keep this document" size="lg">
      <div className={u.form}>
        <Shown attachment={attachment} name={name} />
        <TextInput label="Name" required value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <NativeSelect
          label="Belongs to"
          data={places}
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
        <Failure error={create.error} />
        <div className={u.formFoot}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button disabled={!name.trim()} loading={create.isPending} onClick={keep}>
            Keep
          </Button>
        </div>
      </div>
    </Modal>
  );
}

function Shown({ attachment, name }: { attachment: fhir4.Attachment; name: string }) {
  if (!attachment.contentType?.startsWith('image/'))
    return (
      <p className={cx(u.small, u.muted, u.num)}>
        PDF, {Math.max(1, Math.round((attachment.size ?? 0) / 1000))} kB
      </p>
    );
  return <img className={css.picture} alt={name} src={`data:${attachment.contentType};base64,${attachment.data}`} />;
}

function ViewDialog({ document, onClose }: { document: Stored<fhir4.DocumentReference>; onClose: () => void }) {
  const update = useUpdate<fhir4.DocumentReference>();
  const [sure, setSure] = useState(false);
  const attachment = document.content[0]!.attachment;
  const name = documentName(document);
  const remove = () => update.mutate({ ...document, status: 'entered-in-error' }, { onSuccess: onClose });
  return (
    <Modal opened onClose={onClose} title={name} size="xl">
      <div className={u.form}>
        <Shown attachment={attachment} name={name} />
        <Failure error={update.error} />
        <div className={u.formFoot}>
          {sure ? (
            <Button color="red.9" loading={update.isPending} onClick={remove}>
              Yes, entered in error
            </Button>
          ) : (
            <Button variant="default" onClick={() => setSure(true)}>
              Entered in error
            </Button>
          )}
          <Button
            leftSection={<IconDownload size={18} />}
            onClick={() => saveAttachment(attachment, attachment.title ?? name)}
          >
            Download
          </Button>
        </div>
      </div>
    </Modal>
  );
}
