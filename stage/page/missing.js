// What the stage does not imitate, in German. The stage lists it in English, for scripts too (NOT_IMITATED in control.py).
import { isGerman } from "./words.js";

const IN_GERMAN = {
  "MarkdownV2 and Markdown (refused as unsupported parse_mode)":
    "MarkdownV2 und Markdown (werden als unbekannter parse_mode abgelehnt)",
  "Media groups, polls, stickers, videos, locations, games, payments, inline mode, topics":
    "Alben, Umfragen, Sticker, Videos, Standorte, Spiele, Zahlungen, Inline-Modus, Themen in Gruppen",
  "Business accounts and paid messages": "Geschäftskonten und bezahlte Nachrichten",
  "Mini apps and login buttons": "Mini-Apps und Knöpfe zum Anmelden",
  "Files given as http addresses (refused)": "Dateien, die als http-Adresse angegeben sind (werden abgelehnt)",
  "Phone numbers, cash tags and top-level domains that are rare are not recognised in texts":
    "Telefonnummern, Cashtags und seltene Domain-Endungen werden in Texten nicht erkannt",
  "Unfetched updates live 24 h and button presses 150 s of real time, whatever the stage's clock says":
    "Was der Bot nicht abholt, verfällt nach 24 Stunden, ein Knopfdruck nach 150 Sekunden: in echter Zeit, nicht nach der Uhr der Bühne",
  "The limit of 20 messages a minute in a group": "Die Grenze von 20 Nachrichten je Minute in einer Gruppe",
  "Webhooks outside this machine; certificates": "Webhooks außerhalb dieses Rechners; Zertifikate",
  "Photos are kept as they are, in one size": "Fotos bleiben, wie sie sind, in einer einzigen Größe",
};

/** One entry of the stage's list in the page's language; one that nobody has translated stays English. */
export const missingWords = (entry) => (isGerman() ? IN_GERMAN[entry] ?? entry : entry);
