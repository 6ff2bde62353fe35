"""The parts of the understanding that Rasa does not have; `config.yml` names them."""
