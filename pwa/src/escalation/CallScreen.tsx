import phone from "lucide-static/icons/phone.svg?raw";
import { newId } from "../outbox";
import { contacts, vocabulary } from "../store/state";
import type { Contact, Service } from "../store/types";
import { language, named, t } from "../text";
import { whenSv } from "../text/services";
import { Banner, Button, Card, Empty, go, Icon, LinkButton, Page, Section } from "../ui";
import { ADVICE, newCall, speakingCard } from "../ui/routes";
import { EscalationCard } from "./EscalationCard";
import { directory, type ServiceCard } from "./services";
import { openEscalations } from "./state";

interface NumberProps {
  number: string;
  /** Shown under the number, where the heading above does not say it already. */
  name?: string;
  /** For those who do not see the heading. */
  whom?: string;
  about?: string | null;
  to: { service?: string; contact?: string };
}

/** Opens the speaking card, which has the number. That it was opened says nothing about a call. */
function NumberButton({ number, name, whom, about, to }: NumberProps) {
  return (
    <button type="button" class="number" onClick={() => go(speakingCard(newId(), to))}>
      <Icon svg={phone} />
      <span class="number-words">
        <span class="sr-only">{t("nav.call")}</span>
        <strong>{number}</strong>
        {whom ? <span class="sr-only">{whom}</span> : null}
        {name || about ? <small>{[name, about].filter(Boolean).join(" · ")}</small> : null}
      </span>
    </button>
  );
}

function ContactLink({ contact }: { contact: Contact }) {
  const checked = contact.checked_on ? t("call.checked", { date: contact.checked_on }) : null;
  return (
    <>
      <NumberButton
        number={contact.number}
        name={contact.name}
        about={contact.hours}
        to={{ contact: contact.id, ...(contact.service ? { service: contact.service } : {}) }}
      />
      {contact.note || checked ? (
        <p class="quiet-words">{[contact.note, checked].filter(Boolean).join(" · ")}</p>
      ) : null}
    </>
  );
}

function LogButton({ service }: { service: Service }) {
  return (
    <Button
      tone="quiet"
      name={t("call.log.name", { service: named(service) })}
      onPress={() => go(newCall(newId(), service.code))}
    >
      {t("call.log.short")}
    </Button>
  );
}

/** A service with its numbers; one that has none of its own is a single line. */
function ServiceEntry({ card }: { card: ServiceCard }) {
  const { service, contacts: own, number } = card;
  // An organisation's own service has no hint in Swedish: there the name has to do.
  const when = language.value === "en" ? service.when_en : whenSv[service.code];
  return (
    <div class="card service">
      <div class="service-head">
        <h3>{named(service)}</h3>
        <LogButton service={service} />
      </div>
      {when ? <p class="quiet-words">{when}</p> : null}
      {own.map((contact) => (
        <ContactLink key={contact.id} contact={contact} />
      ))}
      {own.length === 0 && number !== null ? (
        <NumberButton number={number} whom={named(service)} to={{ service: service.code }} />
      ) : null}
    </div>
  );
}

/** Whom to ring, with numbers that are there without network, and a way to log that help was called. */
export function CallScreen() {
  const words = vocabulary.value;
  const found = directory(words?.services ?? [], contacts.value);
  return (
    <Page title={t("nav.call")}>
      <Button tone="main" large wide icon={phone} onPress={() => go(speakingCard(newId()))}>
        {t("call.112")}
      </Button>
      <p class="quiet-words">{t("call.disclaimer")}</p>
      <LinkButton tone="quiet" wide href={ADVICE}>
        {t("home.advice")}
      </LinkButton>
      {openEscalations.value.length > 0 ? (
        <Section title={t("call.open")}>
          {openEscalations.value.map((view) => (
            <EscalationCard key={view.id} view={view} />
          ))}
        </Section>
      ) : null}
      {words ? null : (
        <Empty title={t("call.none")}>
          <p>{t("call.none.about")}</p>
        </Empty>
      )}
      <p>{t("call.log.how")}</p>
      <Services title={t("call.emergency")} cards={found.emergency} />
      <Services title={t("call.reachable")} cards={found.reachable} />
      {found.others.length > 0 ? (
        <Section title={t("call.others")}>
          {found.others.map((contact) => (
            <Card key={contact.id}>
              <ContactLink contact={contact} />
            </Card>
          ))}
        </Section>
      ) : null}
      {found.unreachable.length > 0 ? <Banner tone="calm">{t("call.unreachable")}</Banner> : null}
      <Services title={t("call.withoutNumber")} cards={found.unreachable} />
    </Page>
  );
}

function Services({ title, cards }: { title: string; cards: readonly ServiceCard[] }) {
  if (cards.length === 0) return null;
  return (
    <Section title={title}>
      {cards.map((card) => (
        <ServiceEntry key={card.service.code} card={card} />
      ))}
    </Section>
  );
}
