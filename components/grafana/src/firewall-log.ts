/** What the firewall refused is a security event too: its audit log goes on to where Kafka takes such events. */
export const firewallEvents = `
loki.process "firewall" {
  forward_to = [otelcol.receiver.loki.firewall.receiver]
  stage.match {
    selector = "{namespace!=\\"coraza\\"}"
    action   = "drop"
  }
  stage.match {
    selector = "{namespace=\\"coraza\\"} !~ \\"^..transaction\\""
    action   = "drop"
  }
}

otelcol.receiver.loki "firewall" {
  output {
    logs = [otelcol.exporter.otlp.firewall.input]
  }
}

otelcol.exporter.otlp "firewall" {
  client {
    endpoint = "siem-collector.opentelemetry.svc:4317"
    tls {
      insecure = true
    }
  }
}
`
