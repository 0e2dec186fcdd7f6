import { statusType } from "../../parts/Status.tsx";

interface Props {
  /** From 0 to 100: how much of the traffic the new version has. */
  readonly percent: number;
  readonly from: string;
  readonly to: string;
  readonly status: string | undefined;
}

const RADIUS = 80;
const LENGTH = Math.PI * RADIUS;

/** How much of the traffic goes to the new version, as the hand of a dial. */
export const Dial = ({ percent, from, to, status }: Props) => {
  const angle = Math.PI * (1 - percent / 100);
  const tip = { x: 110 + Math.cos(angle) * (RADIUS - 18), y: 104 - Math.sin(angle) * (RADIUS - 18) };
  const arc = `M ${110 - RADIUS} 104 A ${RADIUS} ${RADIUS} 0 0 1 ${110 + RADIUS} 104`;
  const text = `Version ${to} has ${percent}% of the traffic, version ${from} ${100 - percent}%`;
  return (
    <svg className="dial" viewBox="0 0 220 138" role="img" aria-label={text}>
      <title>{text}</title>
      <path d={arc} className="dial-rest" />
      <path
        d={arc}
        className={`dial-part dial-${statusType(status)}`}
        strokeDasharray={`${(LENGTH * percent) / 100} ${LENGTH}`}
      />
      <line x1="110" y1="104" x2={tip.x} y2={tip.y} className="dial-hand" />
      <circle cx="110" cy="104" r="6" className="dial-pin" />
      <text x="110" y="132" className="dial-figure">
        {percent}%
      </text>
      <text x="22" y="124" className="dial-end">
        v{from}
      </text>
      <text x="198" y="124" className="dial-end">
        v{to}
      </text>
    </svg>
  );
};
